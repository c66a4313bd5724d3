import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Judges PDFs with veraPDF's engine: java -cp JAR VeraCheck.java PROFILE,PROFILE FILE...
 *
 * <p>One line for each profile and file, parted by tabs: profile, number of rules, checks made, file, failed rules.
 */
public final class VeraCheck {

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    for (String name : arguments[0].split(",")) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
      ValidationProfile profile = profile(flavour);
      for (int at = 1; at < arguments.length; at++) {
        out.println(String.join("\t", name, String.valueOf(profile.getRules().size()), judged(arguments[at], flavour, profile)));
      }
    }
  }

  private static String judged(String file, PDFAFlavour flavour, ValidationProfile profile) {
    try (VeraPDFFoundry foundry = Foundries.defaultInstance();
        PDFAParser parser = foundry.createParser(new File(file), flavour)) {
      ValidationResult result = foundry.createValidator(profile, false).validate(parser);
      Set<String> failed = new TreeSet<>();
      for (TestAssertion made : result.getTestAssertions()) {
        if (made.getStatus() == TestAssertion.Status.FAILED) {
          failed.add(made.getRuleId().getClause() + "-" + made.getRuleId().getTestNumber() + " " + flat(made.getMessage()));
        }
      }
      return String.join("\t", String.valueOf(result.getTotalAssertions()), file, String.join("; ", failed));
    } catch (Exception fault) {
      return String.join("\t", "0", file, "cannot be read: " + flat(fault.toString()));
    }
  }

  private static String flat(String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ");
  }

  /** The rules of a profile, read with the JDK's own XML parser: the jar lacks the one that veraPDF would use. */
  private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
    String id = flavour.getId();
    String name = id.startsWith("ua") ? "PDFUA-" + id.substring(2) : "PDFA-" + id.toUpperCase();
    String place = "/org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream in = VeraCheck.class.getResourceAsStream(place)) {
      Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
      Set<Rule> rules = new LinkedHashSet<>();
      for (Element each : all(root, "rule")) {
        rules.add(rule(each));
      }
      Set<Variable> variables = new LinkedHashSet<>();
      for (Element each : all(root, "variable")) {
        variables.add(
            Profiles.variableFromValues(
                each.getAttribute("name"), each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
      }
      return Profiles.profileFromValues(
          flavour, Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
    }
  }

  private static Rule rule(Element each) {
    Element id = child(each, "id");
    RuleId number =
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
    Boolean deferred = each.hasAttribute("deferred") ? Boolean.valueOf(each.getAttribute("deferred")) : null;
    return Profiles.ruleFromValues(
        number,
        each.getAttribute("object"),
        deferred,
        each.getAttribute("tags"),
        text(each, "description"),
        text(each, "test"),
        Profiles.errorFromValues(text(child(each, "error"), "message"), new ArrayList<>()),
        new ArrayList<>());
  }

  private static Iterable<Element> all(Element root, String name) {
    NodeList found = root.getElementsByTagName(name);
    ArrayList<Element> elements = new ArrayList<>();
    for (int at = 0; at < found.getLength(); at++) {
      elements.add((Element) found.item(at));
    }
    return elements;
  }

  private static Element child(Element parent, String name) {
    for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
      if (each instanceof Element && each.getNodeName().equals(name)) {
        return (Element) each;
      }
    }
    return null;
  }

  private static String text(Element parent, String name) {
    Element found = parent == null ? null : child(parent, name);
    return found == null ? "" : found.getTextContent();
  }
}
