"""Holds the bodies of answers against the output shapes of botocore's service model, more strictly than an SDK does:
no unknown member, every required one, and every length, range, pattern and enumeration."""

import json
import re

import botocore.session

MODEL = botocore.session.get_session().get_service_model("rekognition")
# Exceptions that any AWS service may answer with, modelled or not: AWS's page "Common Errors".
COMMON = {
    "IncompleteSignatureException", "InvalidSignatureException", "MissingAuthenticationTokenException",
    "RequestEntityTooLargeException", "RequestTimeoutException", "SerializationException",
    "ServiceUnavailableException", "UnknownOperationException", "UnrecognizedClientException",
}


def faults(operation, body):
    """What is wrong with `body`, the bytes of a 200 of `operation`: a list of sentences."""
    found = []
    shape = MODEL.operation_model(operation).output_shape
    _structure(shape, json.loads(body, parse_constant=_refuse, object_pairs_hook=_once), operation, found)
    return found


def error_faults(operation, status, body):
    """What is wrong with an error."""
    found = []
    value = json.loads(body)
    name = value.get("__type")
    modelled = {shape.name for shape in MODEL.operation_model(operation).error_shapes}
    if name not in modelled | COMMON:
        found.append(f"{operation} answers with {name}, which its model does not have")
    if not (value.get("Message") or value.get("message")):
        found.append(f"{operation} answers with {name} and no message")
    expected = 500 if name == "InternalServerError" else 400 if name in modelled else status
    if status != expected:
        found.append(f"{operation} answers with {name} and status {status}, not {expected}")
    return found


def _refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def _once(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"members are there twice: {names}"
    return dict(pairs)


def _check(shape, value, place, found):
    kinds = {
        "structure": _structure, "list": _list, "map": _map, "string": _string, "float": _number, "double": _number,
        "integer": _integer, "long": _integer, "boolean": _boolean, "timestamp": _timestamp,
    }
    kinds[shape.type_name](shape, value, place, found)


def _structure(shape, value, place, found):
    if not isinstance(value, dict):
        found.append(f"{place} is no object")
        return
    for name in shape.required_members:
        if name not in value:
            found.append(f"{place} has no {name}")
    for name, member in value.items():
        if name not in shape.members:
            found.append(f"{place} has an unknown member {name}")
        elif member is None:
            found.append(f"{place}.{name} is null")
        else:
            _check(shape.members[name], member, f"{place}.{name}", found)


def _list(shape, value, place, found):
    if not isinstance(value, list):
        found.append(f"{place} is no list")
        return
    _size(shape, len(value), place, found)
    for index, element in enumerate(value):
        _check(shape.member, element, f"{place}[{index}]", found)


def _map(shape, value, place, found):
    if not isinstance(value, dict):
        found.append(f"{place} is no map")
        return
    _size(shape, len(value), place, found)
    for key, element in value.items():
        _check(shape.key, key, f"{place} key {key}", found)
        _check(shape.value, element, f"{place}.{key}", found)


def _string(shape, value, place, found):
    if not isinstance(value, str):
        found.append(f"{place} is no string")
        return
    _size(shape, len(value), place, found)
    if shape.enum and value not in shape.enum:
        found.append(f"{place} is {value}, not one of {shape.enum}")
    pattern = shape.metadata.get("pattern")
    # Python's `re` has no \p{…}: what tags may hold is checked where they are given.
    if pattern and r"\p" not in pattern and not re.fullmatch(pattern, value):
        found.append(f"{place} is {value}, which does not match {pattern}")


def _number(shape, value, place, found):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        found.append(f"{place} is no number")
    else:
        _size(shape, value, place, found)


def _integer(shape, value, place, found):
    if isinstance(value, bool) or not isinstance(value, int):
        found.append(f"{place} is no whole number")
    else:
        _size(shape, value, place, found)


def _boolean(shape, value, place, found):
    if not isinstance(value, bool):
        found.append(f"{place} is no truth value")


def _timestamp(shape, value, place, found):
    # Seconds, not milliseconds: between 2020 and 2100.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1577836800 < value < 4102444800:
        found.append(f"{place} is {value}, not seconds since 1970")


def _size(shape, value, place, found):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and value < least:
        found.append(f"{place} is {value}, below {least}")
    if most is not None and value > most:
        found.append(f"{place} is {value}, above {most}")
