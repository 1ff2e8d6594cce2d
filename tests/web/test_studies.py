"""Blind studies: nobody sees another's copy while one is open; then agreement, differences, one text chosen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask

from review.settings import Settings
from tests.conftest import DEMO, Client
from tests.programs import named
from tests.team import signed_in, team

pytestmark = pytest.mark.slow

TEXT = "One cat sat.\n\nTwo cats sat.\n\nThree cats sat.\n\nFour cats sat."


@dataclass
class Study:
    """A running study of segments 2 to 4: Carl starts it, Aino and Ben take part."""

    app: Flask
    batch: int
    page: str
    carl: Client
    aino: Client
    ben: Client
    copies: dict[str, int]

    def close(self) -> None:
        assert self.carl.post(self.page + "/close").status_code == 303


def start(client: Client, batch: int, *names: str, **more: str) -> str:
    fields = {"title": "Try", "first": "2", "last": "4", "token": "t", "reviewer": list(names), **more}
    answer = client.post(f"/batches/{batch}/studies", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def own_copy(client: Client, page: str) -> int:
    found = re.search(r'Your copy: <a href="/batches/(\d+)"', client.page(page))
    assert found
    return int(found.group(1))


@pytest.fixture
def study(settings: Settings) -> Iterator[Study]:
    app = team(settings, "Carl", "Aino", "Ben")
    carl, aino, ben = (signed_in(app, name) for name in ("Carl", "Aino", "Ben"))
    batch = carl.paste(TEXT)
    page = start(carl, batch, "Aino", "Ben")
    copies = {"Aino": own_copy(aino, page), "Ben": own_copy(ben, page)}
    yield Study(app, batch, page, carl, aino, ben, copies)
    app.extensions["tarkka"].engine.dispose()


def test_each_gets_the_machines_text_of_the_range_and_no_more(study: Study) -> None:
    texts = [line for line in study.aino.export(study.copies["Aino"]).decode().splitlines() if line]
    assert texts == ["Two cats sat.", "Three cats sat.", "Four cats sat."]
    assert "Your copy" not in study.carl.page(study.page)
    assert "This is your copy in the blind study" in study.aino.page(f"/batches/{study.copies['Aino']}")


def test_source_and_references_come_along(settings: Settings) -> None:
    app = team(settings, "Aino", "Ben")
    client = signed_in(app, "Aino")
    names = ("north", "south")
    files = [(f"sys.{name}.en", (DEMO / f"sys.{name}.en").read_bytes()) for name in names]
    source, reference = ((DEMO / name).read_bytes() for name in ("source.fi", "reference.en"))
    answer = client.upload(translation=files, source=("s.fi", source), reference=("r.en", reference))
    batch = int(answer.location.rsplit("/", 1)[1])
    page = start(client, batch, "Aino", "Ben", system="2", first="3", last="3")
    copy = own_copy(client, page)
    shown = client.page(f"/batches/{copy}/segments/1")
    rows = [text.decode().splitlines()[2] for text in (source, reference, files[1][1])]
    plain = unescape(re.sub(r"<[^>]+>", "", shown))
    assert [row for row in rows if row not in plain] == []
    app.extensions["tarkka"].engine.dispose()


def filled(rule: str, copy: int) -> str:
    values = {"batch_id": copy, "number": 1, "study_id": 1, "format_id": "text", "flag_id": 1}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values.get(m.group(1), 1)), rule)


@pytest.mark.fault(19)
def test_no_route_leads_to_another_reviewers_copy(study: Study) -> None:
    copy = study.copies["Aino"]
    study.aino.save(copy, 1, "Two felines sat.")
    rules = [rule for rule in study.app.url_map.iter_rules() if "batch_id" in rule.arguments]
    assert len(rules) > 15
    for rule in rules:
        for method in sorted((rule.methods or set()) & {"GET", "POST", "DELETE"}):
            address = filled(rule.rule, copy)
            for name, client in (("Ben", study.ben), ("Carl", study.carl)):
                if address.startswith("/api/"):
                    answer = named(study.app, name).send(method, address)
                else:
                    answer = client.get(address) if method == "GET" else client.post(address, version="0")
                assert answer.status_code == 404, f"{method} {address}"
                told = answer.get_data(as_text=True)
                assert "felines" not in told
                assert f"There is no batch {copy}." in told


def test_lists_show_ones_own_copy_only(study: Study) -> None:
    for name, shown in (("Aino", ["Aino"]), ("Ben", ["Ben"]), ("Carl", [])):
        titles = [one["title"] for one in named(study.app, name).get("/batches")["batches"]]
        assert sorted(one for one in titles if one.startswith("Try")) == [f"Try: {one}" for one in shown]
    for address in ("/", "/batches"):
        assert "Try: Aino" in study.aino.page(address)
        assert "Try: Aino" not in study.ben.page(address)
        assert "Try: Aino" not in study.carl.page(address)
    study.close()
    assert "Try: Aino" in study.ben.page("/batches")


def test_a_program_changes_nothing_in_a_closed_study(study: Study) -> None:
    aino, where = named(study.app, "Aino"), f"/batches/{study.copies['Aino']}/segments/1"
    aino.post(f"{where}/corrections", {"text": "Two felines sat.", "version": 0})
    study.close()
    told = aino.post(f"{where}/corrections", {"text": "Two lions sat.", "version": 1}, 422)
    assert "is closed" in told["detail"]
    assert named(study.app, "Ben").get(where)["text"] == "Two felines sat."


def test_a_name_learned_in_a_blind_copy_reaches_nobody_elses(study: Study) -> None:
    batch = study.carl.paste("Zubarenkova came.\n\nThen Zubarenkova left.")
    page = start(study.carl, batch, "Aino", "Ben", first="1", last="2", token="names")
    study.aino.save(own_copy(study.aino, page), 1, "Zubarenkov came.")
    copy = own_copy(study.ben, page)
    assert "Nothing has been decided yet" in study.ben.page(f"/batches/{copy}/names")
    assert "Zubarenkov<" not in study.ben.page(f"/batches/{copy}/segments/2")


def test_the_starter_sees_progress_and_nothing_else(study: Study) -> None:
    study.aino.save(study.copies["Aino"], 1, "Two felines sat.")
    page = study.carl.page(study.page)
    assert re.search(r"Aino</th>.*?1 of 3", page)
    assert re.search(r"Ben</th>.*?0 of 3", page)
    assert "felines" not in page
    other = study.ben.page(study.page)
    assert "1 of 3" not in other
    assert "felines" not in other


def test_only_who_started_it_closes_it(study: Study) -> None:
    answer = study.ben.post(study.page + "/close")
    assert answer.status_code == 422
    assert "Only Carl" in answer.get_data(as_text=True)
    assert study.ben.get(study.page + "/segments/2").status_code == 404
    study.close()
    study.close()
    assert "Agreement" in study.ben.page(study.page)


def reviewed_by_both(study: Study) -> None:
    study.aino.save(study.copies["Aino"], 1, "Two felines sat.")
    study.aino.save(study.copies["Aino"], 2, "Three cats sat.")
    study.aino.save(study.copies["Aino"], 3, "Four cats sat down.")
    study.ben.save(study.copies["Ben"], 1, "Two cats slept.")
    study.ben.save(study.copies["Ben"], 2, "Three cats sat.")


def test_closing_shows_agreement_and_the_segments_that_differ(study: Study) -> None:
    reviewed_by_both(study)
    study.close()
    page = study.ben.page(study.page)
    assert "Edited or confirmed" in page
    assert "Words changed" in page
    assert "Worst error marked" not in page, "nobody marked any"
    assert "1 differ, 1 are the same" in page
    assert "<del>cats</del><ins>felines</ins>" in page
    row = re.search(r"Words changed.*?</tr>", page, re.DOTALL)
    assert row
    cells = re.findall(r'class="n">([^<]*)<', row.group())
    assert cells[0] == "−0.10", (
        "six words by two people, two of the twelve judgements “changed”, never together"
    )
    assert cells[2:] == ["67 %", "6"]
    assert "Aino</a> (3 of 3 reviewed" in page


def settle(client: Client, study: Study, number: int, choice: str, **more: str) -> str:
    fields = {"choice": choice, "text": "", "version": "0", "token": f"{number}{choice}", **more}
    answer = client.post(f"{study.page}/segments/{number}", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def test_the_text_chosen_becomes_the_correction_of_the_batch(study: Study) -> None:
    reviewed_by_both(study)
    study.close()
    shown = study.carl.page(study.page + "/segments/2")
    assert "Take Aino’s text" in shown
    assert settle(study.carl, study, 2, "Ben") == study.page
    assert "Two cats slept." in study.carl.export(study.batch).decode()
    assert "adjudicated by Carl" in study.carl.page(f"/batches/{study.batch}/segments/2/history")
    assert "all are settled" in study.carl.page(study.page)


def test_or_a_text_of_ones_own(study: Study) -> None:
    reviewed_by_both(study)
    study.close()
    settle(study.carl, study, 2, "", text="Two cats dozed.")
    assert "Two cats dozed." in study.carl.export(study.batch).decode()
    assert "✓ settled" in study.carl.page(study.page)


def test_what_all_left_alike_goes_into_the_batch_and_comes_out_by_one_undo(study: Study) -> None:
    for who, client in (("Aino", study.aino), ("Ben", study.ben)):
        client.save(study.copies[who], 1, "Two felines sat.")
        client.save(study.copies[who], 2, "Three cats sat.")
    study.aino.save(study.copies["Aino"], 3, "Only Aino reviewed this.")
    assert study.carl.post(study.page + "/agreed").status_code == 404, "it is still open"
    study.carl.save(study.batch, 3, "Carl was here before.")
    study.close()
    assert "On 1 segment that nobody has reviewed" in study.carl.page(study.page)
    before = study.carl.export(study.batch)
    answer = study.carl.post(study.page + "/agreed")
    assert answer.status_code == 303
    exported = study.carl.export(study.batch).decode()
    assert "Two felines sat." in exported
    assert "Carl was here before." in exported
    assert "Only Aino" not in exported
    page = study.carl.page(answer.location)
    step = re.search(r'name="step" value="(\d+)"', page)
    assert step
    assert study.carl.post(study.page + "/agreed").status_code == 422, "nothing is left"
    study.carl.post(f"/batches/{study.batch}/steps/undo", step=step.group(1), to=study.page)
    assert study.carl.export(study.batch) == before
    assert "1 of 4" in study.carl.page(f"/batches/{study.batch}")


def test_a_stale_choice_overwrites_nothing(study: Study) -> None:
    reviewed_by_both(study)
    study.close()
    study.carl.save(study.batch, 2, "Meanwhile.")
    fields = {"choice": "Ben", "text": "", "version": "0", "token": "x"}
    assert study.aino.post(f"{study.page}/segments/2", **fields).status_code == 409
    assert "Meanwhile." in study.carl.export(study.batch).decode()


@pytest.mark.parametrize(
    ("number", "choice", "status"), [(3, "Ben", 404), (2, "Nobody", 422), (99, "Ben", 404)]
)
def test_what_cannot_be_chosen_is_refused(study: Study, number: int, choice: str, status: int) -> None:
    reviewed_by_both(study)
    study.close()
    fields = {"choice": choice, "text": "", "version": "0", "token": "x"}
    assert study.carl.post(f"{study.page}/segments/{number}", **fields).status_code == status


def test_a_closed_study_stays_as_it_was(study: Study) -> None:
    reviewed_by_both(study)
    study.close()
    answer = study.aino.save(study.copies["Aino"], 1, "Changed afterwards.", version=1)
    assert answer.status_code == 422
    assert "is closed" in answer.get_data(as_text=True)


def test_a_copy_that_its_reviewer_has_removed_leaves_the_rest(study: Study) -> None:
    study.ben.save(study.copies["Ben"], 1, "Two cats slept.")
    study.aino.post(f"/batches/{study.copies['Aino']}/delete", confirm="Try: Aino")
    study.close()
    assert "there is no agreement to measure" in study.carl.page(study.page)


def test_the_form_sent_twice_starts_one_study(study: Study) -> None:
    assert start(study.carl, study.batch, "Aino", "Ben") == study.page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reviewer": ["Aino"]}, "at least two reviewers"),
        ({"reviewer": ["Aino", "Nobody"]}, "at least two reviewers"),
        ({"first": "3", "last": "2"}, "segments 1 to 4"),
        ({"last": "5"}, "segments 1 to 4"),
        ({"first": "0"}, "segments 1 to 4"),
        ({"first": "x"}, "whole number"),
    ],
)
def test_a_study_that_cannot_be_is_refused(study: Study, fields: dict[str, object], sentence: str) -> None:
    plan = {"first": "1", "last": "2", "reviewer": ["Aino", "Ben"], "token": "new", **fields}
    answer = study.carl.post(f"/batches/{study.batch}/studies", **plan)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_a_copy_is_not_studied_itself_and_there_is_no_such_system(study: Study) -> None:
    plan = {"first": "1", "last": "2", "reviewer": ["Aino", "Ben"], "token": "new"}
    answer = study.aino.post(f"/batches/{study.copies['Aino']}/studies", **plan)
    assert "itself a copy" in answer.get_data(as_text=True)
    assert study.carl.post(f"/batches/{study.batch}/studies", system="2", **plan).status_code == 404
    assert study.carl.get(f"/batches/{study.batch}/studies/99").status_code == 404


def test_one_reviewer_alone_is_told_why_there_is_no_study(client: Client) -> None:
    batch = client.paste(TEXT)
    assert "needs two reviewers or more" in client.page(f"/batches/{batch}/studies")
