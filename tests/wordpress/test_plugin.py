"""The companion as a package: every file is PHP that runs, and removing it loses nothing."""

import re
import subprocess
import zipfile

import pytest

from dev import plugin
from tests.wordpress import core
from tests.wordpress.site import COMPANION

FILES = sorted(COMPANION.rglob("*.php"))
PLUGIN = "realestatecrm-companion/realestatecrm-companion.php"


def test_every_file_is_valid_php(wordpress_farm):
    wrong = [
        said.stdout
        for path in FILES
        if (said := subprocess.run([core.program("php"), "-l", path], capture_output=True, text=True)).returncode
    ]
    assert wrong == []


def test_no_file_can_be_called_by_itself():
    open_files = [
        path.name
        for path in FILES
        if not re.search(r"defined\('(ABSPATH|WP_UNINSTALL_PLUGIN)'\) \|\| exit", path.read_text())
    ]
    assert open_files == []


def test_the_header_says_what_it_needs_and_under_which_licence():
    header = (COMPANION / "realestatecrm-companion.php").read_text()
    for line in ("Requires at least: 6.1", "Requires PHP:      8.0", "License:           GPL-2.0-or-later"):
        assert line in header
    version = re.search(r"Version: +(\S+)", header)[1]
    assert f"const VERSION = '{version}';" in header


def test_the_same_sources_give_the_same_zip(tmp_path):
    one, two = (plugin.pack(tmp_path / name) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert PLUGIN in archive.namelist()
        assert {name.split("/")[0] for name in archive.namelist()} == {"realestatecrm-companion"}


@pytest.fixture
def removable(wordpress_farm):
    """A site of its own: what is removed there is missed by nobody."""
    site = wordpress_farm.site("removable")
    if PLUGIN not in site.php("return get_option('active_plugins');"):
        site.add_plugin(COMPANION)
    site.restore("fresh")
    return site


def remove(site, *, erase):
    """Delete the plugin as the administrator's page does; the settings that are left."""
    site.php(f"RealEstateCRM\\Companion\\save_settings(['erase' => {int(erase)}, 'site' => '3']); return 1;")
    return site.php(
        f"""deactivate_plugins('{PLUGIN}'); require_once ABSPATH . 'wp-admin/includes/file.php';
        delete_plugins(['{PLUGIN}']); return get_option('realestatecrm_companion');"""
    )


def made_before(site):
    body = {"title": "Marina Gate", "status": "publish", "meta": {"crm_listing_id": "1", "crm_price": 5}}
    return site.call("POST", "/wp-json/wp/v2/crm-properties", body, user=site.admin).json()["id"]


def test_removing_the_plugin_keeps_the_properties_and_its_settings(removable):
    post = made_before(removable)
    assert remove(removable, erase=False)["site"] == "3"
    assert removable.call("GET", f"/wp-json/wp/v2/crm-properties/{post}").status == 404
    removable.add_plugin(COMPANION)
    again = removable.call("GET", f"/wp-json/wp/v2/crm-properties/{post}").json()
    assert (again["title"]["rendered"], again["meta"]["crm_price"]) == ("Marina Gate", 5)


def test_settings_and_counts_go_only_when_asked(removable):
    post = made_before(removable)
    assert remove(removable, erase=True) is False
    assert not [table for table in removable.database.tables("removable") if table.startswith("wp_crm_")]
    assert removable.sql(f"SELECT post_title FROM wp_posts WHERE ID = {post}") == [["Marina Gate"]]
