"""Papers of the program judged by veraPDF, where a JDK is at hand: `python3 dev.py conformance`."""
