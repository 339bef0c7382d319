"""xml.dom.minidom and xml.sax."""
import io
import xml.dom
import xml.sax
from xml.dom import minidom
from xml.sax import handler, saxutils

DATA = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE r SYSTEM "x.dtd">
<r a="1" b="&lt;&quot;"><!-- c --><x:i xmlns:x="u" x:k="v">t&amp;u</x:i><i id="2"/><?pi data?><![CDATA[<raw>]]><i>
 <j/>
</i></r>"""
doc = minidom.parseString(DATA)
print(doc.toxml())
print(doc.toprettyxml(indent="  "))
print(doc.documentElement.toxml("latin-1"), doc.toxml(encoding="utf-8", standalone=True)[:60])
r = doc.documentElement
print(r.tagName, r.nodeName, r.nodeType, r.getAttribute("a"), r.getAttribute("none"), r.hasAttribute("b"), r.attributes["b"].value, r.attributes.items(), len(r.attributes))
print([n.nodeName for n in r.childNodes], r.firstChild.data, r.lastChild.previousSibling.nodeName, r.childNodes[0].nextSibling.tagName, r.parentNode is doc, r.firstChild.previousSibling)
i = r.getElementsByTagName("x:i")[0]
print(i.namespaceURI, i.prefix, i.localName, i.getAttributeNS("u", "k"), i.firstChild.nodeValue, i.firstChild, len(doc.getElementsByTagName("i")), [e.tagName for e in r.getElementsByTagNameNS("*", "i")])
print(doc.doctype.name, doc.doctype.systemId, doc.encoding, doc.version, doc.nodeType == doc.DOCUMENT_NODE, doc.getElementsByTagName("*").length)

new = minidom.getDOMImplementation().createDocument(None, "root", None)
root = new.documentElement
e = new.createElement("e")
e.setAttribute("k", "v&")
e.appendChild(new.createTextNode("text <"))
root.appendChild(e)
root.insertBefore(new.createComment("first"), e)
root.appendChild(new.createCDATASection("a<b"))
root.appendChild(new.createProcessingInstruction("t", "d"))
print(new.toxml())
f = e.cloneNode(True)
f.setAttribute("k", "w")
root.replaceChild(f, root.firstChild)
print(root.toxml(), root.removeChild(e).toxml(), e.parentNode)
f.removeAttribute("k")
f.appendChild(new.createTextNode("more"))
f.normalize()
print(f.toxml(), len(f.childNodes), f.firstChild.splitText(4).data, f.firstChild.wholeText)
root.appendChild(new.importNode(i, True))
print(root.toprettyxml())
for action in (lambda: root.removeChild(doc), lambda: new.appendChild(new.createElement("second")), lambda: f.firstChild.appendChild(e), lambda: f.removeAttribute("no"), lambda: new.createTextNode(3), lambda: minidom.parseString("<a>")):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0], getattr(error, "code", None))
with minidom.parseString("<a><b/></a>") as d:
    print(d.documentElement.firstChild.tagName)


class Show(handler.ContentHandler):
    def startDocument(self):
        print("start document")

    def endDocument(self):
        print("end document")

    def startElement(self, name, attrs):
        print("start", name, dict(attrs), attrs.getNames(), self._locator.getLineNumber(), self._locator.getColumnNumber())

    def endElement(self, name):
        print("end", name)

    def characters(self, content):
        print("text", repr(content))

    def processingInstruction(self, target, data):
        print("pi", target, data)


xml.sax.parseString("<a k='1'>x&amp;y\n<b/><?t d?></a>", Show())
xml.sax.parse(io.BytesIO(b"<a>one<b>two</b></a>"), Show())


class Names(handler.ContentHandler):
    def startElementNS(self, name, qname, attrs):
        print(name, qname, attrs.items(), attrs.getQNames())

    def startPrefixMapping(self, prefix, uri):
        print(prefix, uri)


p = xml.sax.make_parser()
p.setFeature(handler.feature_namespaces, True)
p.setContentHandler(Names())
p.parse(io.StringIO("<a xmlns='d' xmlns:p='q' p:k='v' l='m'><p:b/></a>"))
for text in ("<a>", "<a></b>", "<a b/>"):
    try:
        xml.sax.parseString(text, handler.ContentHandler())
    except xml.sax.SAXParseException as error:
        print(error, error.getLineNumber(), error.getColumnNumber(), error.getMessage())
out = io.StringIO()
g = saxutils.XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
xml.sax.parseString("<a k='\"v'>x&lt;<b/></a>", g)
print(out.getvalue())
print(saxutils.escape("<&>'", {"'": "&apos;"}), saxutils.unescape("&lt;&amp;&apos;", {"&apos;": "'"}), saxutils.quoteattr("a\"b"), saxutils.quoteattr("a'\"\n"), saxutils.quoteattr("x"))


class Upper(saxutils.XMLFilterBase):
    def startElement(self, name, attrs):
        super().startElement(name.upper(), attrs)

    def endElement(self, name):
        super().endElement(name.upper())


out = io.StringIO()
u = Upper(xml.sax.make_parser())
u.setContentHandler(saxutils.XMLGenerator(out))
u.parse(io.StringIO("<a><b>c</b></a>"))
print(out.getvalue())
