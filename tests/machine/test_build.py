"""What plans come to on machines."""

from __future__ import annotations

import re

import pytest

from camp2iac.targets.base import Outcome
from camp2iac.targets.openstack.machine import kinds
from camp2iac.targets.openstack.machine.users import uid
from tests.machine.conftest import Make

HEAD = "camp_version: CAMP 1.2\nname: shop\n"
WORKER = (
    HEAD
    + """
artifacts:
  - name: jobs
    artifact_type: org.python:src
    content: { href: jobs/ }
    requirements:
      - requirement_type: org.python:HostOn
        fulfillment: id:tools
      - requirement_type: org.camp2iac:Process
        worker: "python worker.py --name '${x}' %n"
        clock: python clock.py
services:
  - id: tools
    characteristics:
      - characteristic_type: org.python:runtime
      - characteristic_type: org.camp2iac:Scale
        min: 1
        initial: 1
        max: 2
"""
)


def test_workers_without_a_web_process(make: Make) -> None:
    built = make(WORKER, {"jobs/worker.py": "", "jobs/clock.py": ""})
    assert built.codes == []
    document = built.files["cloud-init/tools.yaml.tftpl"]
    assert "gunicorn" not in document + built.files["cloud-init/tools.install.sh"]
    assert "ExecStart=/bin/bash -e /opt/shop/jobs.worker.sh" in document
    assert "path: /opt/shop/jobs.worker.sh" in document
    assert "python worker.py --name '$${x}' %n" in document  # data in a template of Terraform's
    assert "running shop-jobs.worker.service" in document
    assert "Environment=PATH=/opt/shop/jobs.venv/bin:" in document
    clock = next(value for says, value in built.ledger.items() if "clock" in says)
    assert clock == (Outcome.DEGRADED, "on each instance")


def test_only_the_process_that_listens_may_open_a_low_port(make: Make) -> None:
    processes = "worker: \"python worker.py --name '${x}' %n\""
    expose = "      - { requirement_type: org.camp2iac:Expose, port: 80, public: true }\n"
    plan = WORKER.replace(processes, f"web: python web.py\n        {processes}")
    plan = plan.replace("services:\n", f"{expose}services:\n")
    built = make(plan, {"jobs/web.py": "", "jobs/worker.py": "", "jobs/clock.py": ""})
    document = next(text for name, text in built.files.items() if name.endswith(".tftpl"))
    units = {unit.partition("\n")[0]: unit for unit in document.split("  - path: /etc/systemd/system/")[1:]}
    may = {name for name, unit in units.items() if "CAP_NET_BIND_SERVICE" in unit}
    assert may == {"shop-jobs.service"}
    assert "AmbientCapabilities=CAP_NET_BIND_SERVICE\n" in units["shop-jobs.service"]
    assert {"shop-jobs.worker.service", "shop-jobs.clock.service"} < set(units)


def test_two_components_on_one_runtime_have_folders_and_units_of_their_own(make: Make) -> None:
    plan = (
        HEAD
        + """
artifacts:
  - name: shop
    artifact_type: org.python:src
    content: { href: shop/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: "shop:app", fulfillment: id:web }
      - { requirement_type: org.camp2iac:Expose, port: 8001, public: true }
  - name: admin
    artifact_type: org.python:src
    content: { href: admin/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: "admin:app", fulfillment: id:web }
      - { requirement_type: org.camp2iac:Expose, port: 8002 }
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:runtime
"""
    )
    built = make(plan, {"shop/shop.py": "app = None\n", "admin/admin.py": "app = None\n", "admin/requirements.txt": ""})
    assert built.codes == []
    document, script = built.files["cloud-init/web.yaml.tftpl"], built.files["cloud-init/web.install.sh"]
    for name in ("shop", "admin"):
        assert f"ExecStart=/opt/shop/{name}.venv/bin/gunicorn --workers 3 {name}:app" in document
        assert f'content: "${{base64encode({name}_environment)}}"' in document
        assert f"venv=/opt/shop/{name}.venv" in script
    assert 'PORT = "8001"' in built.files["web.tf"]
    assert 'PORT = "8002"' in built.files["web.tf"]


def test_peers_on_the_same_machine_are_waited_for_by_their_mark(make: Make) -> None:
    plan = (
        HEAD
        + """
artifacts:
  - name: shop
    artifact_type: org.python:src
    content: { href: shop/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: "shop:app", fulfillment: id:web }
      - { requirement_type: org.sql:ConnectTo, fulfillment: id:database }
      - { requirement_type: org.camp2iac:Expose, public: true }
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:runtime
      - { characteristic_type: org.camp2iac:Placement, tier: one }
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - { characteristic_type: org.camp2iac:Placement, tier: one }
"""
    )
    built = make(plan, {"shop/shop.py": "app = None\n"})
    assert built.codes == []
    document = built.files["cloud-init/one.yaml.tftpl"]
    assert "ExecStartPre=/usr/local/lib/camp/wait-for /var/lib/camp/database.configured 600" in document
    assert "ExecStartPre=/usr/local/lib/camp/wait-for 127.0.0.1 5432 600" in document
    assert "TimeoutStartSec=1260" in document
    runs = [line for line in document.splitlines() if line.startswith("  - /usr/local/lib/camp/")]
    assert runs == [
        f"  - /usr/local/lib/camp/{script}.sh"  # the plan's order, and all of it is installed first
        for script in ("web.install", "web.configure", "database.configure")
    ]


def test_a_bare_wsgi_application_is_found(make: Make) -> None:
    plan = (
        HEAD
        + """
artifacts:
  - artifact_type: org.python:src
    content: { href: shop/ }
    requirements:
      - requirement_type: com.python:wsgi
"""
    )
    built = make(plan, {"shop/main.py": "def application(environ, start_response):\n    return []\n"})
    assert "gunicorn --workers 3 main:application" in built.files["cloud-init/shop.yaml.tftpl"]


def test_content_from_elsewhere_is_fetched_and_checked(make: Make) -> None:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    plan = (
        HEAD
        + f"""
artifacts:
  - name: shop
    artifact_type: com.java:WAR
    content: {{ href: "https://example.org/a%20b/shop.war?x=$y&z", sha256: {digest} }}
    requirements:
      - requirement_type: com.java:HostOn
        fulfillment: id:web
      - requirement_type: org.camp2iac:Expose
        public: true
  - name: tools
    artifact_type: org.python:src
    content: {{ href: "https://example.org/tools.git#0123456789012345678901234567890123456789" }}
    requirements:
      - {{ requirement_type: com.python:wsgi, com.python.wsgi.application: "tools:app", fulfillment: id:tools }}
services:
  - id: web
    characteristics: [{{ characteristic_type: com.java:ServletContainer }}]
  - id: tools
    characteristics: [{{ characteristic_type: org.python:runtime }}]
"""
    )
    built = make(plan)
    assert built.codes == []
    script = built.files["cloud-init/web.install.sh"]
    assert f"fetch 'https://example.org/a%20b/shop.war?x=$y&z' /opt/shop/shop.war {digest}" in script
    assert "clone https://example.org/tools.git 0123456789" in built.files["cloud-init/tools.install.sh"]
    assert "pip gunicorn --requirement" in built.files["cloud-init/tools.install.sh"]


@pytest.mark.parametrize("name", ["Shop Web", "$(id)", "a;b"])
def test_an_image_whose_name_is_wrong(make: Make, name: str) -> None:
    plan = (
        HEAD
        + f"""
artifacts:
  - name: web
    artifact_type: org.opencontainers:Image
    content: {{ href: "docker://registry.example.org/{name}" }}
    requirements:
      - {{ requirement_type: org.opencontainers:RunOn }}
"""
    )
    assert "CAMP229" in make(plan).codes


def test_a_cache_without_clients_listens_only_on_its_own_address(make: Make) -> None:
    plan = HEAD + "services:\n  - id: cache\n    characteristics: [{ characteristic_type: org.memcached:memcached }]\n"
    assert "listening 127.0.0.1/11211" in make(plan).files["cloud-init/cache.yaml.tftpl"]


@pytest.mark.parametrize("revision", ["--upload-pack=x", "a b", "$(id)", "`id`"])
def test_a_revision_is_no_option_and_no_code(make: Make, revision: str) -> None:
    plan = (
        HEAD
        + f"""
artifacts:
  - name: tools
    artifact_type: org.python:src
    content: {{ href: "https://example.org/tools.git#{revision}" }}
    requirements:
      - {{ requirement_type: com.python:wsgi, com.python.wsgi.application: "tools:app" }}
"""
    )
    built = make(plan)
    assert "CAMP425" in built.codes


def test_a_volume_of_a_runtime_belongs_to_a_user_of_the_component(make: Make) -> None:
    plan = WORKER.replace(
        "      - characteristic_type: org.camp2iac:Scale\n        min: 1\n        initial: 1\n        max: 2\n",
        "      - { characteristic_type: org.camp2iac:Volume, name: pictures, size: 1 GiB, mount: /srv/50%/pictures }\n",
    )
    built = make(plan, {"jobs/worker.py": "", "jobs/clock.py": ""})
    assert built.codes == []
    document = built.files["cloud-init/tools.yaml.tftpl"]
    assert "User=camp-jobs" in document
    assert "ReadWritePaths=/srv/50%%/pictures" in document
    assert "Requires=camp-volume-pictures.service" in document
    # the same id on each instance, so it still owns its files
    assert f"useradd --system --uid {uid('camp-jobs')} " in built.files["cloud-init/tools.install.sh"]
    assert "chown camp-jobs: /srv/50%/pictures" in built.files["cloud-init/tools.configure.sh"]


def test_variables_of_files_that_a_server_hands_out_are_lost_and_said_to_be(make: Make) -> None:
    plan = (
        HEAD
        + """
artifacts:
  - name: pages
    artifact_type: org.html:Site
    content: { href: pages/ }
    requirements:
      - requirement_type: org.html:HostOn
      - { requirement_type: org.camp2iac:Env, MODE: quick }
"""
    )
    built = make(plan, {"pages/index.html": ""})
    assert next(value for says, value in built.ledger.items() if says.startswith("Env"))[0] is Outcome.LOST


def test_executables_stay_executable(make: Make) -> None:
    built = make(
        WORKER,
        {"jobs/worker.py": "", "jobs/clock.py": "", "jobs/bin/run": "#!/bin/sh\n"},
        executables=("jobs/bin/run",),
    )
    assert 'executables  = ["bin/run"]' in built.files["tools.tf"]
    assert "executables" in built.files["cloud-init/tools.yaml.tftpl"]


def test_one_more_statement_elsewhere_changes_no_machine(make: Make) -> None:
    files = {"jobs/worker.py": "", "jobs/clock.py": ""}
    before = make(WORKER, files).files
    after = make(
        f"# a line\n{WORKER}  - id: more\n    characteristics: [{{ characteristic_type: Redis }}]\n", files
    ).files
    for name in (
        "cloud-init/tools.yaml.tftpl",
        "cloud-init/tools.install.sh",
        "cloud-init/tools.configure.sh",
        "tools.tf",
    ):
        assert before[name] == after[name]


def test_files_added_to_the_package_itself_are_seen(make: Make) -> None:
    """What of the package is no content is told by one expression; what matches it is none, the rest must be known."""
    plan = """\
camp_version: CAMP 1.1
name: whole
artifacts:
  - artifact_type: org.python:src
    content: { href: "pdp:!" }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: app/app
        fulfillment: { id: web, characteristics: [] }
"""
    files = {"app.py": "app = 1", "a+b (c).py": "", ".hidden": "", "environments/x.yaml": "target: heroku"}
    built = make(plan, files)
    text = next(text for name, text in built.files.items() if "_left_out" in text and name.endswith(".tf"))
    said = re.search(r'_left_out = "(.*)"', text)
    assert said
    left_out = re.compile(said[1].replace("\\\\", "\\"))
    for name in ("camp.yaml", ".hidden", "sub/.git/x", "environments/x.yaml"):
        assert left_out.search(name), name
    for name in ("app.py", "new.py", "a+b (c).py", "infrared.py", "sub/camp.yaml", "environments/x.py"):
        assert not left_out.search(name), name
    assert "_files != toset(keys(" in text


def test_what_comes_before_several_processes_runs_once(make: Make) -> None:
    """Not in each of them, and at once: the first runs it, the others wait for its mark."""
    plan = PROCESSES
    files = make(plan, {"app/app.js": ""}).files
    document = next(text for name, text in files.items() if name.endswith(".tftpl"))
    units = {unit.partition("\n")[0]: unit for unit in document.split("  - path: /etc/systemd/system/")[1:]}
    web, worker = units["jobs-web.service"], units["jobs-web.worker.service"]
    assert web.count("web.release.sh") == 1
    assert web.index("web.release.sh") < web.index("ExecStartPre=/bin/touch /run/jobs-web/prepared")
    assert "release.sh" not in worker
    assert "ExecStartPre=/usr/local/lib/camp/wait-for /run/jobs-web/prepared 360" in worker
    alone = make(plan.replace("        worker: node app.js\n", ""), {"app/app.js": ""}).files
    assert not [text for text in alone.values() if "/prepared" in text], "one process needs no mark"


PROCESSES = """\
camp_version: CAMP 1.2
name: jobs
artifacts:
  - name: web
    artifact_type: org.nodejs:src
    content: { href: app/ }
    requirements:
      - { requirement_type: org.nodejs:HostOn, fulfillment: id:run }
      - requirement_type: org.camp2iac:Process
        web: node app.js
        worker: node app.js
        release: echo prepared
services:
  - id: run
    characteristics: [{ characteristic_type: org.nodejs:version }]
"""


def test_what_comes_before_runs_in_no_container_of_another_process(make: Make) -> None:
    """Podman replaces a container of the same name: that of the first process would end with it."""
    plan = PROCESSES.replace("org.nodejs:src", "org.opencontainers:Image").replace(
        "content: { href: app/ }", f"content: {{ href: 'docker://example.org/a/b@sha256:{'0' * 64}' }}"
    )
    plan = plan.replace("org.nodejs:HostOn", "org.opencontainers:RunOn").replace("org.nodejs:version", "Podman")
    document = next(text for name, text in make(plan).files.items() if name.endswith(".tftpl"))
    units = {unit.partition("\n")[0]: unit for unit in document.split("  - path: /etc/systemd/system/")[1:]}
    web, worker = units["jobs-web.service"], units["jobs-web.worker.service"]
    assert web.count("--name=jobs-web ") == 2
    assert "RuntimeDirectory=jobs-web\n" in web
    assert worker.count("--name=") == worker.count("--name=jobs-web.worker ") == 1
    assert "wait-for /run/jobs-web/prepared 360" in worker


@pytest.mark.parametrize("kind", ["additions", "django", "files", "go", "nodejs", "php", "python", "ruby", "static"])
def test_archives_of_source_are_unpacked(kind: str) -> None:
    assert kinds.find(kind).folder
