"""The main job over the pages, as a browser without JavaScript does it."""

import json
import re

import pytest
from flask import Flask

from tests.conftest import Client, shared
from tests.databases import settings_at

TEXT = "Borrell met Sergei Lavrov.\n\nThen Lavrovin said so, and the the talks ended.\n\nThird."


def flag_ids(page: str, button: str = "accept") -> list[str]:
    return re.findall(rf'name="{button}" value="([^"]+)"', page)


def test_a_pasted_text_becomes_a_batch_with_flags(client: Client) -> None:
    batch = client.paste(TEXT)
    page = client.page(f"/batches/{batch}")
    assert "Borrell met Sergei Lavrov" in page
    assert "English" in page
    assert re.findall(r"<mark[^>]*>([^<]+)</mark>", page) == ["Lavrovin", "the the"]


def test_saving_goes_to_the_next_segment_and_the_export_has_the_correction(client: Client) -> None:
    batch = client.paste(TEXT)
    answer = client.save(batch, 2, "Then Lavrov said so, and the talks ended.")
    assert answer.status_code == 303
    assert answer.location.split("?")[0].endswith(f"/batches/{batch}/segments/3")
    assert client.export(batch).decode() == (
        "Borrell met Sergei Lavrov.\n\nThen Lavrov said so, and the talks ended.\n\nThird.\n"
    )


def test_a_title_holds_no_invisible_controls(client: Client) -> None:
    batch = client.paste("Lavrov \u202eevil\u202c came 👩\u200d🔬.\n\nSecond.")
    assert "<h1>Lavrov evil came 👩\u200d🔬</h1>" in client.page(f"/batches/{batch}")
    client.post(f"/batches/{batch}/details", title="\u2067A\u0007 title", target_lang="en")
    assert "<h1>A title</h1>" in client.page(f"/batches/{batch}")


def test_the_last_segment_leads_back_to_the_batch(client: Client) -> None:
    batch = client.paste(TEXT)
    assert client.save(batch, 3, "Third").location.endswith(f"/batches/{batch}?done=1")


def test_accepting_a_suggestion_keeps_what_was_typed_beside_it(client: Client) -> None:
    batch = client.paste(TEXT)
    accept = flag_ids(client.page(f"/batches/{batch}/segments/2"))[0]
    typed = "And then Lavrovin said so, and the the talks ended."
    client.save(batch, 2, typed, accept=accept)
    assert b"And then Lavrov said so, and the the talks ended." in client.export(batch)


def test_accepting_is_refused_where_the_text_under_the_flag_has_changed(client: Client) -> None:
    batch = client.paste(TEXT)
    accept = flag_ids(client.page(f"/batches/{batch}/segments/2"))[0]
    answer = client.save(batch, 2, "Then Lavr0vin said so.", accept=accept)
    assert answer.status_code == 422
    assert "has changed" in answer.get_data(as_text=True)
    assert b"Lavrovin" in client.export(batch)


def test_a_dismissed_flag_stays_dismissed_through_corrections_and_can_be_reopened(client: Client) -> None:
    batch = client.paste(TEXT)
    path = f"/batches/{batch}/segments/2"
    dismiss = flag_ids(client.page(path), "dismiss")[0]
    client.save(batch, 2, "Then Lavrovin said so, and the the talks ended.", dismiss=dismiss)
    assert "1 dismissed" in client.page(path)
    client.save(batch, 2, "Well, then Lavrovin said so, and the talks ended.", version=0)
    page = client.page(path)
    assert "1 dismissed" in page
    assert flag_ids(page) == []
    reopen = flag_ids(page, "reopen")[0]
    client.save(batch, 2, "Well, then Lavrovin said so, and the talks ended.", version=1, reopen=reopen)
    assert flag_ids(client.page(path), "dismiss")


def test_checking_the_batch_again_keeps_what_was_decided(client: Client) -> None:
    batch = client.paste(TEXT)
    path = f"/batches/{batch}/segments/2"
    dismiss = flag_ids(client.page(path), "dismiss")[0]
    client.post(f"{path}/decide", flag=dismiss, kind="dismissed", system="1")
    client.post(f"/batches/{batch}/details", title="T", source_lang="sv", target_lang="en")
    assert "1 dismissed" in client.page(path)
    assert re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(f"/batches/{batch}")) == ["the the"]


def test_dismissing_saves_what_was_typed(client: Client) -> None:
    batch = client.paste(TEXT)
    dismiss = flag_ids(client.page(f"/batches/{batch}/segments/2"), "dismiss")[0]
    client.save(batch, 2, "Then Lavrovin talked, and the the talks ended.", dismiss=dismiss)
    assert b"Lavrovin talked" in client.export(batch)
    assert "1 dismissed" in client.page(f"/batches/{batch}/segments/2")


def test_what_is_mended_stops_being_flagged_and_what_is_broken_is_flagged(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 2, "Then Lavrov said so , and the talks ended.")
    marks = re.findall(r"<mark[^>]*>([^<]+)</mark>", client.page(f"/batches/{batch}"))
    assert marks == [" ,"]


def test_the_page_hears_of_flags_while_someone_types(client: Client) -> None:
    batch = client.paste(TEXT)
    answer = client.post(
        f"/batches/{batch}/segments/2/check", text="Then Lavrovin said so in in Oulu.", system="1"
    )
    assert answer.json is not None
    assert answer.json["open"] == 2
    assert "<del>" in answer.json["diff"]
    assert b"Lavrovin said so, and" in client.export(batch), "checking must store nothing"


def test_a_text_equal_to_the_hypothesis_confirms_it(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "Borrell met Sergei Lavrov.")
    assert "✓ right" in client.page(f"/batches/{batch}")


@pytest.mark.fault(21)
def test_a_stale_save_gets_both_texts_and_loses_neither(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 3, "Third, by Aino.", token="a")
    answer = client.save(batch, 3, "Third, by Eero.", token="b")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert re.search(r'id="theirs"[^>]*>Third, by Aino\.<', page)
    assert re.search(r'id="yours"[^>]*>Third, by Eero\.<', page)
    assert b"by Aino" in client.export(batch)
    assert client.save(batch, 3, "Third, by both.", version=1, token="c").status_code == 303
    assert b"by both" in client.export(batch)


@pytest.mark.fault(22)
def test_the_same_save_sent_twice_is_stored_once(client: Client) -> None:
    batch = client.paste(TEXT)
    for _ in range(2):
        assert client.save(batch, 3, "Third one.", token="same").status_code == 303
    assert "Version 2" not in client.page(f"/batches/{batch}/segments/3/history")


@pytest.mark.fault(22)
def test_a_lost_answer_sent_again_after_somebody_elses_save_is_no_conflict(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 3, "Third, by Aino.", token="a")
    client.save(batch, 3, "Third, by Eero.", version=1, token="b")
    assert client.save(batch, 3, "Third, by Aino.", token="a").status_code == 303
    assert b"by Eero" in client.export(batch)


@pytest.mark.fault(22)
def test_the_same_paste_sent_twice_is_one_batch(client: Client) -> None:
    assert client.paste(TEXT, token="t") == client.paste(TEXT, token="t")


def test_history_shows_every_version_and_brings_any_back(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 3, "Third one.", seconds="12.5")
    client.save(batch, 3, "Third two.", version=1)
    page = client.page(f"/batches/{batch}/segments/3/history")
    assert page.index("Version 2") < page.index("Version 1") < page.index("Machine translation")
    assert "12 s" in page
    client.post(f"/batches/{batch}/segments/3/restore", restore="0", version="2", system="1", token="r")
    assert client.export(batch).endswith(b"Third.\n")
    assert "Version 3" in client.page(f"/batches/{batch}/segments/3/history")


def test_the_seed_article_comes_back_with_only_the_corrections_changed(client: Client) -> None:
    original = shared("data/seed/article.en.txt").read_bytes()
    answer = client.upload(translation=("article.en.txt", original))
    batch = int(answer.location.rsplit("/", 1)[1])
    assert client.export(batch) == original
    lavrov = original.decode().split("\n\n")[17]
    client.save(batch, 18, lavrov.replace("Lavrovin", "Lavrov"))
    assert client.export(batch).decode() == original.decode().replace("Lavrovin", "Lavrov")


@pytest.mark.fault(6)
def test_a_lone_carriage_return_survives_the_text_area(client: Client) -> None:
    answer = client.upload(translation=("a.txt", b"one\rtwo\r\nthree\n"), layout="lines")
    batch = int(answer.location.rsplit("/", 1)[1])
    client.save(batch, 1, "ONE\r\ntwo")
    assert client.export(batch) == b"ONE\rtwo\r\nthree\n"


def test_jsonl_export_has_flags_decisions_and_history(client: Client) -> None:
    batch = client.paste(TEXT)
    accept = flag_ids(client.page(f"/batches/{batch}/segments/2"))[0]
    client.save(batch, 2, "Then Lavrovin said so, and the the talks ended.", accept=accept, seconds="3")
    record = json.loads(client.export(batch, "jsonl").splitlines()[1])
    assert record["hypotheses"] == {"machine": "Then Lavrovin said so, and the the talks ended."}
    assert record["correction"] == "Then Lavrov said so, and the the talks ended."
    assert [f["text"] for f in record["flags"]] == ["the the"]
    assert [(d["decision"], d["suggestion"], d["reviewer"]) for d in record["decisions"]] == [
        ("accepted", "Lavrov", "Reviewer")
    ]
    assert [(v["version"], v["origin"], v["seconds"]) for v in record["history"]] == [(1, "accepted", 3.0)]


def test_an_exported_jsonl_can_be_imported_again(client: Client) -> None:
    batch = client.paste(TEXT)
    answer = client.upload(translation=("again.jsonl", client.export(batch, "jsonl")))
    assert (
        client.export(int(answer.location.rsplit("/", 1)[1])) == TEXT.replace("\n\n", "\n").encode() + b"\n"
    )


def test_tsv_and_html_exports(client: Client) -> None:
    batch = client.paste("A <b> & c\n\nTwo")
    client.save(batch, 2, 'Two "2"\ttabs')
    assert client.export(batch, "html").decode() == '<p>A &lt;b&gt; &amp; c</p>\n<p>Two "2"\ttabs</p>\n'
    header, first, second = client.export(batch, "tsv").decode().splitlines()
    assert header.split("\t")[:4] == ["segment", "document", "system", "status"]
    assert first.split("\t")[5:7] == ["A <b> & c", "A <b> & c"]
    assert second.endswith('Two\t"Two ""2""\ttabs"')


@pytest.mark.slow
def test_scores_stand_on_the_batch_page_before_and_after_correction(client: Client, demo: int) -> None:
    import sacrebleu

    page = client.page(f"/batches/{demo}")
    hypotheses, references = ([line.decode() for line in client.export(demo, "text").splitlines()], [])
    rows = [line.split("\t") for line in client.export(demo, "tsv").decode().splitlines()[1:]]
    references = [row[7] for row in rows]
    expected = sacrebleu.corpus_bleu(hypotheses, [references])
    assert f'<td class="n">{expected.score:.1f}</td>' in page
    assert "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0" in page
    assert "no segment reviewed yet" in page
    client.save(demo, 4, references[3])
    page = client.page(f"/batches/{demo}")
    assert "north+corrected" in page
    assert re.search(r"[\d.]+ % over 1 reviewed", page)


@pytest.mark.slow
def test_filters_choose_segments_and_travel_with_saving(client: Client, demo: int) -> None:
    page = client.page(f"/batches/{demo}?check=html-entity")
    numbers = [int(n) for n in re.findall(r'id="s(\d+)"', page)]
    assert numbers
    assert len(numbers) < 5
    answer = client.save(demo, numbers[0], "Mended.", check="html-entity")
    following = numbers[1] if len(numbers) > 1 else None
    expected = (
        f"/segments/{following}?check=html-entity"
        if following
        else f"/batches/{demo}?done=1&check=html-entity"
    )
    assert answer.location.endswith(expected)
    assert re.findall(r'id="s(\d+)"', client.page(f"/batches/{demo}?show=edited")) == [str(numbers[0])]
    assert "No segment fits" in client.page(f"/batches/{demo}?q=nosuchword")
    assert re.findall(r'id="s(\d+)"', client.page(f"/batches/{demo}?q=Gavrilnyi"))


def test_hiding_the_reference_is_recorded(client: Client, demo: int) -> None:
    path = f"/batches/{demo}/segments/1"
    assert 'name="reference_in_view" value="1"' in client.page(path)
    client.post("/view", reference="hidden", to=path)
    hidden = client.page(path)
    assert 'name="reference_in_view" value="0"' in hidden
    assert "The reference is hidden" in hidden
    client.save(demo, 1, "Seen with it.", reference_in_view="1")
    assert "reference in view" in client.page(f"{path}/history")


def test_every_system_of_a_batch_can_be_reviewed_and_exported(client: Client, demo: int) -> None:
    client.save(demo, 1, "South’s first.", system="2")
    assert client.export(demo, system=2).startswith("South’s first.".encode())
    assert not client.export(demo, system=1).startswith("South’s".encode())


def test_title_and_languages_can_be_changed_and_a_batch_deleted(client: Client) -> None:
    batch = client.paste(TEXT)
    client.post(f"/batches/{batch}/details", title="Talks in Moscow", source_lang="fi", target_lang="en")
    assert "Finnish → English" in client.page("/batches")
    refused = client.post(f"/batches/{batch}/delete", confirm="Talks")
    assert refused.status_code == 422
    client.post(f"/batches/{batch}/delete", confirm="Talks in Moscow")
    client.page(f"/batches/{batch}", status=404)


@pytest.mark.parametrize("reviewers", [("Aino", "Eero")])
def test_of_several_reviewers_each_signs_in_under_a_name(tmp_path, reviewers: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    from app import create_app

    app: Flask = create_app(settings_at(tmp_path, queue_url="immediate:", reviewers=reviewers))
    client = Client(app.test_client())
    assert client.get("/batches").location == "/sign-in?to=/batches"
    sign_in = client.inner.get("/sign-in?to=/batches").get_data(as_text=True)
    token = re.search(r'csrf-token" content="([^"]+)"', sign_in)
    assert token
    fields = {"csrf_token": token.group(1), "name": "Eero", "to": "/batches"}
    assert (
        client.inner.post("/sign-in", data=fields, headers={"Origin": "http://localhost"}).location
        == "/batches"
    )
    batch = client.paste(TEXT)
    client.save(batch, 3, "By Eero.")
    assert "by Eero" in client.page(f"/batches/{batch}/segments/3/history")
    client.post("/sign-out")
    assert client.get("/batches").status_code == 302


def test_jsonl_and_line_aligned_texts_can_be_pasted(client: Client) -> None:
    batch = client.paste('{"hypothesis": "One."}\r\n{"hypothesis": "Two."}\r\n')
    assert client.export(batch) == b"One.\nTwo.\n"
    batch = client.paste("One.\r\n\r\nThree.", source="Yksi.\r\n\r\nKolme.", layout="lines")
    assert client.export(batch) == b"One.\n\nThree.\n"
    assert "Kolme." in client.page(f"/batches/{batch}/segments/3")


def test_a_large_batch_is_scored_when_asked_and_its_scores_then_follow_each_correction(
    client: Client,
) -> None:
    lines = "".join(f"Line number {n} is here.\n" for n in range(150)).encode()
    answer = client.upload(translation=("a.en", lines), reference=("r.en", lines), layout="lines")
    batch = int(answer.location.rsplit("/", 1)[1])
    assert "Not computed yet" in client.page(f"/batches/{batch}")
    assert "are being computed" in client.page(f"/batches/{batch}?scoring=none")
    client.post(f"/batches/{batch}/scores")
    assert "are being computed" not in client.page(f"/batches/{batch}?scoring=none")
    assert '<td class="n">100.0</td>' in client.page(f"/batches/{batch}")
    client.save(batch, 1, "Something else.")
    page = client.page(f"/batches/{batch}")
    assert "Compute scores" not in page
    corrected = page.partition("<th>a+corrected</th>")[2].partition("</tr>")[0]
    assert re.findall(r">([\d.]+)<", corrected)[2] == "0.7", "TER: five edits for 750 words"
