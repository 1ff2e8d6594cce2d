"""The term list: added, withdrawn, in and out of files, and what it flags at once."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

from review.errors import BadInput
from review.formats.term_lists import ListedTerm, read_terms, write_csv, write_tbx
from tests.conftest import Client


@pytest.fixture
def batch(client: Client) -> int:
    answer = client.upload(
        translation=("sys.en", b"The deputy left.\nThe representative spoke.\n"),
        source=("source.fi", "Kansanedustaja lähti.\nKansanedustajan mukaan.\n".encode()),
    )
    return int(answer.location.rsplit("/", 1)[1])


def add(client: Client, batch: int, source: str, target: str, status: int = 303, **more: str) -> str:
    answer = client.post(f"/batches/{batch}/terms", source=source, target=target, **more)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def marks(client: Client, batch: int) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(f"/batches/{batch}"))


def test_a_term_is_flagged_at_once_until_it_is_withdrawn(client: Client, batch: int) -> None:
    add(client, batch, "kansanedustaja", "MP")
    add(client, batch, "kansanedustaja", "deputy", forbidden="1", note="not in Finland")
    assert marks(client, batch) == ["deputy", "The representative"]
    page = client.page(f"/batches/{batch}/segments/1")
    assert "The term list forbids “deputy” for “kansanedustaja”; it has “MP”." in page
    assert "<del>deputy</del> <ins>MP</ins>" in page
    listed = client.page(f"/batches/{batch}/terms")
    assert "not in Finland" in listed
    client.post(f"/batches/{batch}/terms/withdraw", source="kansanedustaja", target="deputy")
    client.post(f"/batches/{batch}/terms/withdraw", source="kansanedustaja", target="MP")
    assert marks(client, batch) == []
    assert "No term has been added yet" in client.page(f"/batches/{batch}/terms")


def test_the_flags_while_typing_follow_the_list(client: Client, batch: int) -> None:
    add(client, batch, "kansanedustaja", "MP")
    typed = client.post(f"/batches/{batch}/segments/1/check", text="The MP left.", system="1").get_json()
    assert typed["open"] == 0
    typed = client.post(f"/batches/{batch}/segments/1/check", text="The politician left.", system="1")
    assert typed.get_json()["open"] == 1


def test_the_newest_word_on_a_term_counts(client: Client, batch: int) -> None:
    add(client, batch, "kansanedustaja", "deputy", forbidden="1")
    assert marks(client, batch) == ["deputy"]
    add(client, batch, "kansanedustaja", " deputy ")
    assert marks(client, batch) == ["The representative"]


@pytest.mark.parametrize(
    ("source", "target", "more", "sentence"),
    [
        ("kissa", "", {}, "the target is empty"),
        ("kissa", "  ", {}, "the target is empty"),
        ("", "cat", {}, "can only be forbidden"),
        ("x" * 201, "cat", {}, "at most 200 characters"),
        ("kissa", "cat", {"note": "x" * 1001}, "at most 1,000 characters"),
    ],
)
def test_what_is_no_term_is_refused_in_one_sentence(
    client: Client, batch: int, source: str, target: str, more: dict[str, str], sentence: str
) -> None:
    assert sentence in add(client, batch, source, target, 422, **more)
    assert "No term has been added yet" in client.page(f"/batches/{batch}/terms")


def test_what_is_not_there_is_not_found(client: Client, batch: int) -> None:
    assert client.post(f"/batches/{batch}/terms/withdraw", source="a", target="b").status_code == 404
    assert client.get("/batches/99/terms").status_code == 404
    assert client.post("/batches/99/terms", source="a", target="b").status_code == 404
    assert client.get("/terms.exe").status_code == 404
    assert client.post(f"/batches/{batch}/terms/import").status_code == 422


def test_the_list_goes_out_and_comes_in_as_csv_and_tbx(client: Client, batch: int) -> None:
    rows = (
        "source,target,forbidden,note\nkansanedustaja,MP,,\nkansanedustaja,deputy,yes,old\n,Finlandish,yes,\n"
    )
    given = FileStorage(io.BytesIO(rows.encode()), "terms.csv")
    answer = client.post(f"/batches/{batch}/terms/import", list=given)
    assert "3 new terms added" in client.page(answer.location)
    csv = client.get("/terms.csv").get_data()
    tbx = client.get("/terms.tbx?source=fi&target=en").get_data()
    assert set(read_terms(csv, "x", "fi", "en")) == set(read_terms(tbx, "x", "fi", "en"))
    assert sorted(csv.decode().splitlines()) == sorted(rows.splitlines())
    assert marks(client, batch) == ["deputy", "The representative"]
    again = FileStorage(io.BytesIO(tbx), "terms.tbx")
    answer = client.post(f"/batches/{batch}/terms/import", list=again)
    assert "0 new terms added" in client.page(answer.location)


def test_texts_of_terms_are_inert(client: Client, batch: int) -> None:
    add(client, batch, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>')
    page = client.page(f"/batches/{batch}/terms")
    assert "<script>alert" not in page
    assert "<img" not in page


TERM = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" =+-@,\"'<&"),
        min_size=1,
        max_size=20,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not text.startswith("'"))
)
LISTED = st.builds(ListedTerm, TERM, TERM, st.booleans(), st.just("") | TERM) | st.builds(
    ListedTerm, st.just(""), TERM, st.just(True), st.just("")
)


@given(st.lists(LISTED, min_size=1, max_size=8, unique_by=lambda t: (t.source, t.target)))
@settings(max_examples=60, deadline=None)
def test_a_list_is_read_as_it_was_written(terms: list[ListedTerm]) -> None:
    assert set(read_terms(write_csv(terms), "list", "fi", "en")) == set(terms)
    assert set(read_terms(write_tbx(terms, "fi", "en"), "list", "fi", "en")) == set(terms)
    assert set(read_terms(write_tbx(terms, "", "en"), "list", "", "en")) == set(terms)


def test_the_languages_of_a_tbx_file_may_stand_in_any_order_and_be_regional() -> None:
    data = b"""<tbx><text><body><termEntry>
      <langSet xml:lang="en-GB"><tig><term>MP</term></tig><tig><term>deputy</term>
        <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
      <langSet xml:lang="fi"><tig><term>kansanedustaja</term></tig></langSet></termEntry></body></text></tbx>"""
    expected = [ListedTerm("kansanedustaja", "MP"), ListedTerm("kansanedustaja", "deputy", True)]
    assert read_terms(data, "x", "fi", "en") == expected


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a,b\n1,2\n", "line 1: a header with"),
        (b"source,target\nx\n", "line 2: 1 cells under a header of 2"),
        (b"source,target\nx,\n", "line 2: the target is empty"),
        (b"source,target\n,x\n", "line 2: a term without a source"),
        (b"source,target,forbidden\na,b,perhaps\n", "line 2: .forbidden. is"),
        (b'source,target\n"x,y\n', "line 2: this is not CSV"),
        (b"<tbx><text/></tbx>", "no term with a translation"),
        (b"<tbx><text></tbx>", "line 1: this is not XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><tbx>&a;</tbx>', "line 1: XML with a DTD"),
        (b"<a>" * 100_000, "nested too deeply"),
        (b"\xff\xfe\x00", "not utf-16"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_line(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_terms(data, "list", "fi", "en")
