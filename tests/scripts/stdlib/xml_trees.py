"""xml.etree.ElementTree: reading, finding, changing, writing; errors and where they are."""
import copy
import io
import os
import pickle
import tempfile
import xml.etree.ElementTree as ET

DATA = """<?xml version="1.0"?>
<!DOCTYPE data [<!ENTITY who "W&#111;rld"><!ATTLIST country kind CDATA "land">]>
<data xmlns:x="http://example.com/x">
    <!-- note -->
    <country name="A &amp; B">
        <rank updated='yes'>2</rank><year>2008</year>
        <neighbor name="C" direction="E"/><neighbor name="D" direction="W"/>
    </country>
    <country name="&who;"><rank>5</rank><x:extra x:k="v">é&lt;&#x41;</x:extra></country>
    <?pi some data?><![CDATA[<raw> & ]]]]><empty></empty>tail
</data>"""
root = ET.fromstring(DATA)
print(root.tag, root.attrib, len(root), [c.tag for c in root])
for e in root.iter():
    print(e.tag, e.attrib, repr(e.text), repr(e.tail))
print([e.get("name") for e in root.iter("neighbor")], list(root.itertext())[:4], list(root[1].iter("*"))[1].tag)
ns = {"x": "http://example.com/x", "": "none"}
for path in ("country", "country/rank", ".//neighbor", "*/year", ".", "./country/..", "country[@name]", "country[@name='World']", "country[2]/rank",
             "country[last()]", "country[last()-1]", "country[rank='5']", ".//neighbor[@direction!='E']", "country[year]", ".//rank[.='2']", "country/*[1]",
             ".//{http://example.com/x}extra", ".//{*}extra", ".//{http://example.com/x}*", "country//", "nothing", "country[rank!='5']", ".//{}rank"):
    print(path, [(e.tag, e.get("name")) for e in root.findall(path)])
print(root.find("country/x:extra", ns).text, root.findtext("country/year"), root.findtext("no"), root.findtext("no", "default"), repr(root.findtext("empty")))
for bad in ("/country", "country[0]", "x:y", "country[", "country[last()+1]", "//", "country[foo()]", "[a]", "a[@b=c]"):
    try:
        print(bad, root.findall(bad))
    except (SyntaxError, TypeError) as e:
        print(bad, type(e).__name__, e)
print(ET.tostring(root).decode())
print(ET.tostring(root, "unicode", method="text"))
print(ET.tostring(root[1], encoding="utf-8", xml_declaration=True))

# Building.
a = ET.Element("a", {"k": "v"}, other='<"&\n>')
b = ET.SubElement(a, "b", x="1")
b.text, b.tail = "t<x>&", "tail"
ET.SubElement(a, "c")
a.append(ET.Comment(" note "))
a.append(ET.ProcessingInstruction("target", "data"))
a.insert(0, ET.Element("{http://www.w3.org/1999/xhtml}p", {"{urn:u}q": "w"}))
ET.dump(a)
print(ET.tostring(a, short_empty_elements=False), ET.tostring(a, method="html"))
ET.indent(a)
print(ET.tostring(a, "unicode"))
ET.indent(a, space="\t", level=1)
print(repr(ET.tostring(a, "unicode")))
print(a.get("k"), a.get("no", 3), sorted(a.keys()), a.items(), [e.tag for e in a[1:3]], a[-1].text, b in list(a))
a.set("k", "new")
a.remove(b)
del a[0]
a[0:1] = [ET.Element("r"), ET.Element("s")]
a.extend([ET.Element("t")])
print(ET.tostring(a), len(a), bool(ET.Element("x")), ET.iselement(a), ET.iselement(3))
c, d = copy.copy(a), copy.deepcopy(a)
print(c[0] is a[0], d[0] is a[0], ET.tostring(c) == ET.tostring(d) == ET.tostring(pickle.loads(pickle.dumps(a))))
d.clear()
print(ET.tostring(d), ET.tostringlist(ET.fromstring("<a>x<b/></a>")), ET.tostring(ET.Element("é"), "latin-1"), ET.tostring(ET.fromstring("<a>\u20ac</a>")))
print(ET.QName("u", "t"), repr(ET.QName("{u}t")), ET.QName("a") == "a", ET.tostring(ET.Element(ET.QName("urn:x", "t"), {"k": ET.QName("urn:x", "v")})))
ET.register_namespace("my", "urn:my")
print(ET.tostring(ET.Element("{urn:my}a")), ET.tostring(ET.fromstring("<a xmlns='d'><b/></a>"), default_namespace="d"))

# Files and parts.
tree = ET.ElementTree(ET.fromstring("<r><i n='1'/><i n='2'>x</i></r>"))
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "f.xml")
    tree.write(name, encoding="utf-8", xml_declaration=True)
    print(open(name).read(), ET.parse(name).getroot().tag, ET.ElementTree(file=name).find("i").get("n"))
    for event, e in ET.iterparse(name, events=("start", "end")):
        print(event, e.tag, e.text)
out = io.BytesIO()
tree.write(out)
print(out.getvalue())
for event, e in ET.iterparse(io.BytesIO(DATA.encode()), ("start-ns", "end-ns", "comment", "pi")):
    print(event, e if not ET.iselement(e) else e.text)
p = ET.XMLPullParser(["start", "end"])
for part in ("<a><b", ">x</b>", "</a>"):
    p.feed(part)
    print([(event, e.tag) for event, e in p.read_events()])
p.close()
print(ET.fromstringlist(["<a>", "b", "</a>"]).text, ET.XMLID("<a><b id='x'/></a>")[1]["x"].tag)


class Target:
    def start(self, tag, attrs):
        print("start", tag, attrs)

    def end(self, tag):
        print("end", tag)

    def data(self, data):
        print("data", repr(data))

    def comment(self, text):
        print("comment", text)

    def close(self):
        return "closed"


print(ET.XML("<a k='1'><!--c-->x&amp;y</a>", ET.XMLParser(target=Target())))
builder = ET.TreeBuilder(insert_comments=True)
print(ET.tostring(ET.XML("<a><!--c--><b/></a>", ET.XMLParser(target=builder))))
print(ET.canonicalize("<a z='1' b='2'  xmlns:q='u'><b></b><!-- c --> t <q:c/></a>"), ET.canonicalize("<a> x </a>", strip_text=True, with_comments=True))
parser = ET.XMLParser()
parser.entity["known"] = "value"
print(ET.XML("<!DOCTYPE a SYSTEM 'x'><a>&known;</a>", parser).text)

# Errors.
for text in ("", "<a", "<a>", "<a></b>", "<a><b></a>", "<a b>", "<a b=c>", "<a b='1' b='2'/>", "<a/><b/>", "<a/>x", "x", "<a>&foo;</a>", "<a>&#0;</a>", "<a>a & b</a>", "<a x='<'/>",
             "<p:a/>", "<a>]]></a>", "<a><!-- -- --></a>", " <?xml version='1.0'?><a/>", "<1a/>", "<a>\n  <b>\n</a>", "<a b='x'c='y'/>", "<a></ a>", "<!DOCTYPE a SYSTEM 'x'><a>&foo;</a>"):
    try:
        ET.fromstring(text)
    except ET.ParseError as e:
        print(repr(text), e, e.code, e.position)
for f in (lambda: a.append(1), lambda: a.insert(0, 1), lambda: a.extend([1]), lambda: a.remove(ET.Element("z")), lambda: a[9], lambda: a["x"], lambda: ET.Element(), lambda: ET.Element("a", 1),
          lambda: ET.SubElement(1, "a"), lambda: ET.tostring(ET.Element("a", {"b": 1})), lambda: ET.tostring(a, method="nope"), lambda: ET.iterparse(io.BytesIO(), events=("nope",)),
          lambda: ET.fromstring(3), lambda: ET.register_namespace("ns1", "u"), lambda: setattr(a, "attrib", 1), lambda: ET.indent(a, level=-1), lambda: ET.tostring(ET.fromstring("<a/>"), default_namespace="d")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
