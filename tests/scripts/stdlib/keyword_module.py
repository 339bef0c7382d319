import keyword
print(keyword.kwlist, keyword.softkwlist, keyword.iskeyword("if"), keyword.iskeyword("x"), keyword.issoftkeyword("match"), keyword.__all__)
