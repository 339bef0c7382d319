"""Where the markers of tracebacks stand: operators in place, subscripts that are deleted or changed, comprehensions."""
import traceback


def in_place():
    number = 1
    number -= "s"


def in_place_item():
    items = [1]
    items[0] -= "s"


def missing_item():
    items = []
    items[5] += 1


def unchangeable_item():
    items = ()
    items[0:1] += (1,)


def deleted_item():
    del {}["a"]


def of_set():
    return {[] for i in [1]}


def of_dict():
    return {[]: 1 for i in [1]}


for function in (in_place, in_place_item, missing_item, unchangeable_item, deleted_item, of_set, of_dict):
    try:
        function()
    except Exception as error:
        print(*traceback.format_exception(error)[2:])
