"""xml.etree.ElementInclude: documents and texts in a document."""
import xml.etree.ElementTree as ET
from xml.etree import ElementInclude

FILES = {
    "a.xml": "<a><b/>tail</a>",
    "t.txt": "some <text>",
    "again.xml": "<x xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='again.xml'/></x>",
    "deep.xml": "<d xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='a.xml'/></d>",
}


def loader(href, parse, encoding=None):
    text = FILES.get(href)
    return ET.fromstring(text) if parse == "xml" and text else text


def run(body, **options):
    root = ET.fromstring(f"<r xmlns:xi='http://www.w3.org/2001/XInclude'>{body}</r>")
    try:
        ElementInclude.include(root, loader, **options)
        print(ET.tostring(root, "unicode"))
    except (SyntaxError, ValueError) as e:
        print(type(e).__name__, e)


run("x<xi:include href='a.xml'/>y")
run("<xi:include href='t.txt' parse='text'/>y<p/><xi:include href='t.txt' parse='text'/>z")
run("<p><xi:include href='deep.xml'/></p>")
run("<xi:include href='deep.xml'/>", max_depth=1)
run("<xi:include href='a.xml'/>", max_depth=None)
run("<xi:include href='a.xml'/>", max_depth=-1)
run("<xi:include href='again.xml'/>")
run("<xi:include href='none.xml'/>")
run("<xi:include href='none.txt' parse='text'/>")
run("<xi:include href='a.xml' parse='other'/>")
run("<xi:fallback/>")
