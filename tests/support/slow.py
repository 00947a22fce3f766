"""Which tests the quick run leaves out, and what each test costs. A pytest plugin.

The quick run, ``tests/run.sh -m "not slow"``, is for seconds: under 60 s of CPU. A test is slow if it

- uses the fixture ``terraform``: it starts real Terraform;
- carries the marker ``slow``, or is named in `SLOW`.

``--costs N`` lists the N tests, and the N files, that cost most CPU time, their child processes included.
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

#: The limit in seconds of CPU for one test of the quick run. Beyond it, name the test in `SLOW`.
LIMIT = 0.5
#: The limit for all of it.
LIMIT_ALL = 60.0
#: How the node ids of slow tests begin, and why they are slow.
SLOW = {
    "proofs/kubernetes/test_kubernetes_policies.py": "compiles every example",
    "proofs/standin/": "starts Terraform with the stand-ins",
    "tests/importers/test_brooklyn_sources.py::test_no_password_is_in_any_file": "compiles a plan for three platforms",
    "tests/importers/test_brooklyn_sources.py::test_values_that_multiply": "follows as many references as it may",
    "tests/importers/test_import_cases.py::test_the_plan": "compiles plans for three platforms",
    "tests/importers/test_import_mutants.py": "imports random sources",
    "tests/budget/": "counts the calls of whole commands",
    "tests/exporters/test_round_trips.py": "exports every example and case, and imports it again",
    "tests/exporters/test_export_schema.py": "exports every example and case",
    "tests/exporters/test_export_score.py": "exports every example and case",
    "tests/growth/": "compiles plans along ten axes, and counts calls",
    "tests/machine/test_certificates.py::test_a_renewal_that_fails": "runs openssl seven times",
    "tests/review/test_cost_of_review.py": "compiles for three platforms twice, and runs git",
    "tests/camp/test_bombs.py::test_it_costs_what_it_is_worth": "reads archives of many members",
    "tests/camp/test_bombs.py::test_a_member_of_an_archive_that_has_many": "makes an archive of many members",
    "tests/camp/test_bombs.py::test_a_member_of_content": "makes large archives",
    "tests/camp/test_edits.py::test_a_word_means_itself": "edits random documents",
    "tests/camp/test_git.py::test_a_clone": "clones repositories and compiles them",
    "tests/camp/test_git.py::test_check_in_a_clone": "clones repositories and compiles them",
    "tests/camp/test_ignore.py::test_the_work_is_bounded": "walks what costs most",
    "tests/camp/test_ignore.py::test_what_is_common": "reads many rules",
    "tests/camp/test_ignore.py::test_all_files": "reads many rules",
    "tests/camp/test_leaks.py::test_nothing_takes_for_ever": "reads long lines",
    "tests/cases/test_output.py::test_check_finds_no_difference": "compiles every example and case again",
    "tests/cases/test_packages.py": "compiles one plan in every form of a package, each in a process",
    "tests/cdktf/test_nest.py::test_a_nested_module": "compiles every example and case",
    "tests/cdktf/test_node.py::test_no_node": "starts processes",
    "tests/cdktf/test_node.py::test_the_rest_needs_none": "starts processes",
    "tests/ci/test_architecture.py": "reads every module",
    "tests/ci/test_ci.py": "starts shells and pytest",
    "tests/catalogue/test_families.py::test_the_sample_on_rocky": "compiles every product's sample",
    "tests/catalogue/test_proof.py": "compiles every product's sample on every system",
    "tests/ci/test_limits.py": "reads every module",
    "tests/cli/test_diff_report.py": "compiles two versions for several platforms",
    "tests/cli/test_encrypted_environments.py::test_sops_fails": "starts a program that writes without end",
    "tests/cli/test_guard.py": "compiles two versions for several platforms",
    "tests/cli/test_package_costs.py": "starts processes",
    "tests/cli/test_watch.py": "compiles again after each edit",
    "tests/errors/test_fixes.py": "validates again after each fix",
    "tests/exporters/test_export_command.py": "exports again and again",
    "tests/openstack/test_generator_rules.py": "reads every example and case",
    "tests/review/test_facts_properties.py": "compiles every example and case",
    "tests/cli/test_committed.py::test_a_clone": "clones repositories",
    "tests/cli/test_compressed_content.py": "compresses much, again and again",
    "tests/cli/test_foreign.py::test_any_text_has_the_same_lines": "writes random texts",
    "tests/cli/test_foreign.py::test_only_one_function_writes": "reads every module",
    "tests/cli/test_commands.py::test_schemas_accept_what_we_ship": "reads every plan",
    "tests/cli/test_editor_schemas.py::test_each_has_an_id": "writes every schema",
    "tests/cli/test_odd_paths.py": "runs every command on odd paths",
    "tests/cli/test_package_options.py::test_input_without_end": "starts processes",
    "tests/cli/test_refusals.py::test_each_wrong_plan_is_told": "`tests/errors` validates the same plans",
    "tests/cli/test_start.py::test_a_reader_that_goes_away": "starts processes",
    "tests/cli/test_start.py::test_a_terminal_that_lacks": "starts processes",
    "tests/cli/test_streams.py": "starts processes",
    "tests/cli/test_reported_secrets.py::test_trace": "reads dozens of inputs in each format",
    "tests/cli/test_trace.py::test_values_of_other_types": "reads hundreds of inputs",
    "tests/cli/test_why.py::test_every_block_of_every_example": "explains all outputs of the examples",
    "tests/cli/test_why.py::test_every_line_of_every_file": "explains all lines of three outputs",
    "tests/cli/test_why.py::test_the_forms_of_a_module": "compiles a plan",
    "tests/conformance/test_packages.py::test_hostile[bomb": "makes large archives",
    "tests/conformance/test_packages.py::test_hostile[many": "makes an archive of many members",
    "tests/diagnostics/test_codes.py::test_a_target_of_a_third_party": "starts processes",
    "tests/diagnostics/test_secrets.py::test_hostile_lines_take_linear_time": "reads long lines",
    "tests/extensions/": "installs packages with pip, and starts processes",
    "tests/forges/": "installs the project with pip, and runs jobs of CI systems",
    "tests/heroku/test_platforms.py::test_the_report_sets_both_side_by_side": "compiles every example twice",
    "tests/targets/test_same_names.py::test_names_are_the_same": "compiles every example three times",
    "tests/init/test_odd_files.py": "looks at random files",
    "tests/review/test_progress.py::test_memory_and_time_are_bounded": "reads a long stream",
    "tests/review/test_difference_properties.py::test_a_comment": "renders thousands of resources",
    "tests/review/test_difference_properties.py::test_annotations": "renders thousands of resources",
    "tests/review/test_difference_properties.py::test_no_line": "renders thousands of resources",
    "tests/review/test_pictures_of_plans.py::test_graphviz_reads": "draws the picture of every plan",
    "tests/init/test_releases.py": "makes repositories, and compiles in them",
    "tests/init/test_repositories.py": "compiles every repository's plan for both platforms",
    "tests/language/test_language.py::test_finished": "reads every text",
    "tests/language/test_language.py::test_the_list": "reads every text",
    "tests/library/test_public.py::test_a_name_imports": "starts processes",
    "tests/library/test_prepared.py::test_wheels": "builds a wheel and starts processes",
    "tests/library/test_results.py": "compiles and writes again and again",
    "tests/machine/test_compressed.py": "compresses much, again and again",
    "tests/machine/test_baking.py::test_an_image_has": "applies a module on paper",
    "tests/machine/test_baking.py::test_new_instances": "applies a module on paper",
    "tests/machine/test_baking.py::test_terraform_warns": "applies a module on paper",
    "tests/machine/test_execution.py": "runs what machines run",
    "tests/machine/test_node_build.py": "runs what machines run",
    "tests/machine/test_release.py": "runs what machines run",
    "tests/machine/test_repository.py": "runs what machines run",
    "tests/machine/test_repository_contents.py": "runs what machines run",
    "tests/machine/test_sandbox.py::test_units_of_products[": "compiles every product on every system",
    "tests/machine/test_scripts.py::test_shellcheck": "starts shellcheck for every script",
    "tests/machine/test_status.py": "runs what machines run",
    "tests/mutation/test_mutants.py::test_the_same": "reads every module three times",
    "tests/mutation/test_trial.py": "runs pytest again and again",
    "tests/openstack/test_moves.py": "compiles every example and case three times",
    "tests/programs/test_defaults.py::test_any_line_can_be_read": "reads random lines",
    "tests/properties/": "compiles hundreds of plans",
    "tests/site/test_site_build.py": "builds the site",
    "tests/synth/test_folder.py::test_nobody_knows": "reads files of some hundred MiB",
    "tests/synth/test_hcl_items.py::test_any_text_can_be_read": "writes and reads random modules",
    "tests/synth/test_hcl_items.py::test_every_line_of_any_module": "writes and reads random modules",
    "tests/synth/test_hcl_items.py::test_every_line_of_every_example_and_case": "compiles every example and case",
    "tests/synth/test_hcl_properties.py": "gives random strings to Terraform",
    "tests/synth/test_interrupted.py::test_killed": "kills a writer at every step",
    "tests/synth/test_interrupted.py::test_two_at_once": "has three writers take turns",
    "tests/topology/test_schemas.py::test_the_quick_check_is_right": "compares validators by random documents",
}
#: Of what is named in `SLOW`: what the quick run keeps, so that it covers every room.
KEPT = (
    "tests/cases/test_output.py::test_check_finds_no_difference[examples/guestbook",
    "tests/catalogue/test_families.py::test_the_sample_on_rocky[nginx]",
    "tests/camp/test_leaks.py::test_nothing_takes_for_ever[text0]",
    "tests/cdktf/test_nest.py::test_a_nested_module_holds_together[examples/guestbook",
    "tests/cdktf/test_node.py::test_the_rest_needs_none[hcl]",
    "tests/cli/test_diff_report.py::test_a_value_of_the_plan",
    "tests/cli/test_diff_report.py::test_fail_on[data]",
    "tests/cli/test_guard.py::test_a_change_that_loses_data_is_refused[volume dropped]",
    "tests/cli/test_guard.py::test_a_volume_cannot_shrink",
    "tests/cli/test_package_costs.py::test_what_is_not_a_file[content-pipe]",
    "tests/cli/test_watch.py::test_it_compiles_again_when_the_plan_changes",
    "tests/errors/test_fixes.py::test_what_is_sure_mends[CAMP2",
    "tests/review/test_facts_properties.py::test_nothing_differs_from_itself[examples/guestbook",
    "tests/exporters/test_export_command.py::test_for_programs",
    "tests/cli/test_package_options.py::test_input_without_end[a plan]",
    "tests/cli/test_package_options.py::test_input_without_end[content]",
    "tests/cli/test_streams.py::test_the_first_line_alone",
    "tests/diagnostics/test_codes.py::test_a_target_of_a_third_party_has_codes_of_its_own[plain]",
    "tests/extensions/test_extensions.py::test_it_is_small_and_uses_public_names",
    "tests/forges/test_action.py::test_no_script_has_an_expression",
    "tests/forges/test_gitlab.py::test_no_script_has_an_input",
    "tests/forges/test_hooks.py::test_the_docs_have_every_hook",
    "tests/heroku/test_platforms.py::test_the_report_sets_both_side_by_side[guestbook]",
    "tests/init/test_repositories.py::test_a_plan_that_fits[flask]",
    "tests/init/test_repositories.py::test_a_plan_that_fits[monorepo]",
    "tests/machine/test_node_build.py::test_the_script[files1-",
    "tests/machine/test_repository.py::test_a_rewritten_branch",
    "tests/machine/test_sandbox.py::test_units_of_products[debian-12]",
    "tests/openstack/test_generator_rules.py::test_1_nothing_volatile[examples/guestbook",
    "tests/openstack/test_generator_rules.py::test_the_list_of_other_tests_is_true",
    "tests/openstack/test_moves.py::test_the_first_machine_is_told_the_same[examples/guestbook",
    "tests/openstack/test_moves.py::test_what_changes_its_address_is_moved[examples/guestbook",
    "tests/openstack/test_moves.py::test_what_changes_its_address_is_moved[tiers/",
    "tests/properties/test_canaries.py::test_a_leak_is_seen",
    "tests/properties/test_canaries.py::test_canary[",
    "tests/properties/test_no_silent_loss.py::test_every_leaf_counts[wsgi]",
    "tests/library/test_public.py::test_a_name_imports_no_more_than_it_needs[plan]",
    "tests/library/test_results.py::test_a_result_stays",
    "tests/topology/test_schemas.py::test_the_quick_check_is_right[Ports]",
)


#: Files and folders all of whose tests are slow.
WHOLE = tuple(name for name in SLOW if "::" not in name)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--costs", type=int, default=0, metavar="N", help="list the N tests that cost most CPU time")


def is_slow(node: str) -> bool:
    """Whether a list of this module names a test as slow."""
    return node.startswith(tuple(SLOW)) and not node.startswith(KEPT)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The quick run does not import the files of which it keeps nothing."""
    name = collection_path.relative_to(config.rootpath).as_posix() if collection_path.is_file() else ""
    whole = name.startswith(WHOLE) and not any(kept.startswith(f"{name}::") for kept in KEPT)
    return True if whole and "not slow" in str(config.getoption("markexpr")) else None


def pytest_collection_finish() -> None:
    """What exists now stays until the end, so it is never searched for garbage. The rest is searched rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "terraform" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.terraform)
        if is_slow(item.nodeid) or item.get_closest_marker("terraform"):
            item.add_marker(pytest.mark.slow)


def _spent() -> float:
    return sum(os.times()[:4])


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    item.stash[_BEGAN] = _spent()
    yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome: Any = yield
    if call.when == "teardown":
        outcome.get_result().user_properties.append(("cpu", _spent() - item.stash[_BEGAN]))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The costliest tests; what the quick run ought to leave out."""
    reports = [report for group in terminalreporter.stats.values() for report in group if hasattr(report, "when")]
    costs = sorted(
        (
            (cost, report.nodeid)
            for report in reports
            for name, cost in getattr(report, "user_properties", ())
            if name == "cpu"
        ),
        reverse=True,
    )
    wanted = config.getoption("--costs")
    files: Counter[str] = Counter()
    for cost, node in costs:
        files[node.partition("::")[0]] += cost
    for cost, node in costs[:wanted] + [(cost, file) for file, cost in files.most_common(wanted)]:
        terminalreporter.write_line(f"{cost:6.2f} s of CPU  {node}")
    if wanted and costs:
        terminalreporter.write_line(f"{sum(files.values()):6.2f} s of CPU for {len(costs)} tests")
    if "not slow" in str(config.getoption("markexpr")):
        for cost, node in costs:
            if cost > 2 * LIMIT:
                terminalreporter.write_line(f"slow, and not marked so: {node}: {cost:.1f} s of CPU", yellow=True)
        if (total := sum(files.values())) > LIMIT_ALL:
            words = f"the quick run is no longer quick: {total:.0f} s of CPU (--costs 20 shows for what)"
            terminalreporter.write_line(words, yellow=True)


_BEGAN = pytest.StashKey[float]()
