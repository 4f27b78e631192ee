"""fly.toml says what a safe release needs, and the reader notices when it does not."""

import copy

import pytest

from dev import container, deployment

BROKEN = {
    "release command": ("deploy", "release_command", "true", "The release command does not migrate."),
    "port": ("http_service", "internal_port", 9999, "PORT and internal_port differ."),
    "worker": ("processes", "worker", "sleep 1", "There is no worker process that runs the jobs."),
    "secret": ("env", "SECRET_KEY", "abc", "A secret is written into the file."),
    "https": ("http_service", "force_https", False, "Visitors are not led to https."),
}


def test_fly_toml_is_in_order():
    assert deployment.problems(deployment.read()) == []


@pytest.mark.parametrize("part", BROKEN)
def test_a_broken_part_is_named(part):
    section, key, value, sentence = BROKEN[part]
    fly = copy.deepcopy(deployment.read())
    fly[section][key] = value
    assert deployment.problems(fly) == [sentence]


def test_an_empty_file_has_every_problem():
    assert len(deployment.problems({})) >= 12


def test_the_image_starts_from_one_base():
    assert container.base_image().startswith("debian:")
