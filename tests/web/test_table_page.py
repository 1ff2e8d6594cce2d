"""The page that asks what a table's columns are, and what becomes of the answers."""

import html
import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.conftest import Client
from tests.web.test_refusals import nothing_imported

pytestmark = pytest.mark.slow

TSV = "Lähde\tDeepL\tNorth\tHuomautus\nyksi\tone\tOne\tfirst\nkaksi\ttwo\tTwo\t\n"


def ask(client: Client, data: bytes, name: str = "set.tsv", **fields: Any) -> tuple[str, str]:
    """Upload a table; the address of its page, and the page."""
    answer = client.upload(translation=(name, data), **fields)
    assert "/import/table/" in answer.location
    return answer.location, client.page(answer.location)


def roles(page: str) -> list[str]:
    found = re.findall(r'<select name="role".*?</select>', page, re.DOTALL)
    return [next(iter(re.findall(r'value="(\w*)" selected', one)), "") for one in found]


def chosen(page: str, name: str) -> str:
    select = re.search(rf'<select name="{name}">(.*?)</select>', page, re.DOTALL)
    assert select
    option = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', select.group(1))
    assert option
    return option.group(1) or option.group(2)


def answered(client: Client, address: str, page: str, named: list[tuple[str, str]], status: int = 303) -> Any:
    """Send the page's form with these roles and systems' names."""
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    }
    answer = client.post(
        address, **fields, role=[role for role, _ in named], name=[name for _, name in named]
    )
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer


def test_columns_are_found_shown_and_can_be_changed(client: Client, app: Flask) -> None:
    address, page = ask(client, TSV.encode())
    assert nothing_imported(app)
    assert roles(page) == ["source", "hypothesis", "hypothesis", "notes"]
    assert (chosen(page, "delimiter"), chosen(page, "encoding"), chosen(page, "header")) == (
        "tab",
        "utf-8",
        "yes",
    )
    assert "yksi" in page
    named = [("source", ""), ("hypothesis", "DeepL"), ("hypothesis", ""), ("notes", "")]
    batch = answered(client, address, page, named).location
    page = client.page(batch)
    assert re.findall(r'aria-current="page">(\w+)<|>(North)</a>', page) == [("DeepL", ""), ("", "North")]
    assert "first" in client.page(f"{batch}/segments/1")
    assert client.get(address).status_code == 404


def test_delimiter_header_and_encoding_can_be_changed(client: Client) -> None:
    data = "yö;night\nhäät;wedding\n".encode("windows-1252")
    address, page = ask(client, data, name="a.csv")
    assert (chosen(page, "delimiter"), chosen(page, "header")) == ("semicolon", "no")
    assert "häät" in page
    page = client.page(f"{address}?delimiter=comma&encoding=mac-roman&header=yes")
    assert (chosen(page, "delimiter"), chosen(page, "encoding"), chosen(page, "header")) == (
        "comma",
        "mac-roman",
        "yes",
    )
    page = client.page(f"{address}?delimiter=semicolon&encoding=windows-1252&header=no")
    batch = answered(client, address, page, [("source", ""), ("hypothesis", "")]).location
    assert client.export(int(batch.rsplit("/", 1)[1])) == b"night\nwedding\n"


def test_a_table_without_a_translation_is_refused_and_kept(client: Client, app: Flask) -> None:
    address, page = ask(client, TSV.encode())
    answer = answered(client, address, page, [("source", ""), ("", ""), ("", ""), ("", "")], 422)
    assert "No column is said to be the machine translation" in answer.get_data(as_text=True)
    assert client.get(address).status_code == 200
    assert nothing_imported(app)


@pytest.mark.fault(9)
def test_a_damaged_table_is_refused_with_its_line(client: Client, app: Flask) -> None:
    address, page = ask(client, b"source,mt\na,b\nc\n", name="a.csv")
    answer = answered(client, address, page, [("source", ""), ("hypothesis", "")], 422)
    assert "a.csv, line 3: it has 1 cell" in answer.get_data(as_text=True)
    assert nothing_imported(app)


def test_prose_can_be_said_to_be_a_table(client: Client) -> None:
    address, page = ask(client, b"one\ntwo\n", name="a.txt", layout="table")
    assert roles(page) == [""]
    batch = answered(client, address, page, [("hypothesis", "")]).location
    assert client.export(int(batch.rsplit("/", 1)[1])) == b"one\ntwo\n"


def test_a_wrong_encoding_is_told_where_it_is_chosen(client: Client) -> None:
    address, page = ask(client, "yö;night\nhäät;wedding\n".encode("windows-1252"), name="a.csv")
    answer = client.get(f"{address}?encoding=utf-8")
    assert answer.status_code == 422
    assert "a.csv, line 1: these bytes are not utf-8. Go back and choose" in answer.get_data(as_text=True)
    page = page.replace('value="windows-1252"', 'value="utf-8"')
    answer = answered(client, address, page, [("source", ""), ("hypothesis", "")], 422)
    assert "Go back and choose another encoding" in answer.get_data(as_text=True)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "query", ["delimiter=x", "encoding=klingon", "encoding=idna", "header=maybe", "delimiter=bar"]
)
def test_no_odd_question_is_a_500(client: Client, query: str) -> None:
    address, _ = ask(client, TSV.encode())
    assert client.get(f"{address}?{query}").status_code in (200, 422)


def test_odd_answers_are_no_500(client: Client) -> None:
    for fields in (
        {"role": "x"},
        {"role": ["hypothesis"] * 9},
        {"role": ["hypothesis", "source"], "encoding": "x"},
    ):
        address, _ = ask(client, TSV.encode())
        assert client.post(address, **MultiDict(fields)).status_code in (303, 422)
