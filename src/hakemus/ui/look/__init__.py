"""The look: colours, sizes, type and icons as values, and how they become Qt's palette, fonts and style sheet..


Knows Qt and files of icons and fonts; must not know the session, the domain or any language.
"""
