"""All of the API below one path."""

from flask import Blueprint

from review.web.api import description
from review.web.api.nouns import NOUNS
from review.web.api.operations import PREFIX

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
for _noun in NOUNS:
    blueprint.register_blueprint(_noun.blueprint)
blueprint.register_blueprint(description.blueprint)
