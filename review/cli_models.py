"""python -m review models … and train: the parts of the deep checks."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.errors import BadInput
from review.settings import MODELS, Settings

if TYPE_CHECKING:
    from review.model import Context


def with_deep_parts(context: "Context", choice: str | None) -> "Context":
    """With the model asked for and the grammar; what cannot be had is a warning, and the rest runs all the same."""
    from review.work.models import deep_parts

    settings = Settings.from_environment()
    parts = deep_parts(settings, choice or settings.model)
    for trouble in parts.troubles:
        click.echo(f"tarkka: {trouble}", err=True)
    return parts.given_to(context)


@click.group("models", invoke_without_command=True)
@click.pass_context
def models_group(context: click.Context) -> None:
    """The language models of the deep checks; without a command, list them."""
    if context.invoked_subcommand is None:
        context.invoke(models_list)


@models_group.command("list")
def models_list() -> None:
    """List the models, and which are enabled."""
    from review.lm.catalogue import CATALOGUE
    from review.lm.enable import is_enabled

    folder = Settings.from_environment().models_folder
    for model in CATALOGUE.values():
        state = "enabled" if is_enabled(model, folder) else "not enabled"
        click.echo(f"{model.id}\t{state}\t{model.title} ({model.licence}, {model.megabytes} MB)")


@models_group.command("enable")
@click.argument("name")
@click.option("--accept-terms", is_flag=True, help="The model’s terms of use are accepted.")
def models_enable(name: str, accept_terms: bool) -> None:
    """Fetch a model and convert it, once; where it stands already, nothing is done."""
    from review.lm.catalogue import CATALOGUE
    from review.lm.enable import enable, is_enabled

    model, folder = CATALOGUE.get(name), Settings.from_environment().models_folder
    if model is None:
        raise BadInput(f"There is no model “{name}”; there are {', '.join(CATALOGUE)}.")
    if is_enabled(model, folder):
        click.echo(f"{name} is enabled.")
        return
    if model.terms and not accept_terms:
        click.echo(model.terms)
        if not sys.stdin.isatty() or not click.confirm("Do you accept these terms?"):
            raise BadInput(f"{name} is fetched only once its terms are accepted: add --accept-terms.")
    click.echo(f"Fetching and converting {name} ({model.megabytes} MB) …")
    enable(model, folder)
    click.echo(f"{name} is enabled.")


@click.command("train")
@click.option(
    "--post-edits",
    type=click.Path(path_type=Path),
    help="A TSV with source, mt and post_edit; without it, this instance’s corrections.",
)
@click.option("--source-lang", default="", metavar="fi", help="Language of the TSV’s source.")
@click.option(
    "--model",
    type=click.Choice(MODELS),
    help="The model whose evidence is weighed; TARKKA_MODEL if not given.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first segments.")
@click.option(
    "-o",
    "--weights",
    type=click.Path(path_type=Path),
    help="Where the weights go; the instance folder if not given.",
)
def train_command(
    post_edits: Path | None, source_lang: str, model: str | None, limit: int | None, weights: Path | None
) -> None:
    """Fit how sure flags of odd phrasing are to what people changed."""
    from review.model import Context
    from review.store.engine import open_store
    from review.work.models import weights_file
    from review.work.training import corrections, read_post_edits, train

    edits = (
        read_post_edits(post_edits) if post_edits else corrections(open_store(Settings.from_environment()))
    )
    context = with_deep_parts(Context(source_lang, "en"), model)
    path = weights or weights_file(Settings.from_environment())
    for column in train(edits[:limit], context, path):
        click.echo(f"Fitted the weights for “{column}” into {path}.")
