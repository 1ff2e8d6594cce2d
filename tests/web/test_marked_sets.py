"""A file of marked errors by itself is a batch: its texts, and the marks in them."""

from tests.conftest import Client

HEADER = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
MARKS = HEADER + (
    "north\ttalk.1\t1\t40\trater1\tSatama.\tThe <v>harbor</v> is.\tStyle/Awkward\tminor\n"
    "north\ttalk.1\t1\t40\trater2\tSatama.\t<v>The</v> harbor is.\tFluency/Grammar\tMajor\n"
    "south\ttalk.1\t1\t40\trater1\tSatama.\tA port.\tNo-error\tno-error\n"
    'north\ttalk.1\t2\t7\trater1\tLaiva.\t"The ""<v>ship</v>"" left."\tAccuracy/Mistranslation\tMajor\n'
)


def upload(client: Client, text: str, status: int = 303) -> str:
    answer = client.upload(status, translation=("marks.tsv", text.encode()))
    return answer.location if status == 303 else answer.get_data(as_text=True)


def test_texts_and_marks_come_in_together(client: Client) -> None:
    batch = int(upload(client, MARKS).rsplit("/", 1)[1])
    assert client.page(f"/batches/{batch}").count("south")
    exported = client.export(batch, "mqm-tsv").decode().splitlines()
    assert [line.split("\t")[2:7] for line in exported[1:]] == [
        ["1", "1", "Reviewer", "Laiva.", 'The "<v>ship</v>" left.'],
        ["2", "2", "Reviewer", "Satama.", "<v>The</v> harbor is."],
        ["2", "2", "Reviewer", "Satama.", "The <v>harbor</v> is."],
    ]
    assert exported[2].endswith("rater2")


def test_scores_come_in_the_same_way(client: Client) -> None:
    header = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tscore\n"
    batch = int(upload(client, header + "north\td\t1\t5\tr\tSatama.\tHarbour.\t61.5\n").rsplit("/", 1)[1])
    assert client.export(batch, "esa-tsv").decode().splitlines()[1].endswith("\t61.5")


def test_a_wrong_line_leaves_nothing_behind(client: Client) -> None:
    wrong = upload(client, MARKS.replace("<v>The</v> harbor is.", "Another text."), 422)
    assert "line 3: the translation of this segment is another one on an earlier line" in wrong
    wrong = upload(client, MARKS.replace("\tMajor\n", "\thuge\n"), 422)
    assert "marks.tsv, line 3: the severity is one of" in wrong
    assert client.get("/batches/1").status_code == 404
    assert "there is no line below its header" in upload(client, HEADER, 422)
