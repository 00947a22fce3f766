"""A CDKTF app with plans: the guestbook as a stack, and twice as a construct in another stack."""

from pathlib import Path
from typing import Any

import jsii
from camp2iac.cdktf import CampPlan, CampStack, library

cdktf: Any = library()  # cdktn if it is installed; your app imports the library that it uses
GUESTBOOK = Path(__file__).parent.parent / "guestbook"
PLAN = GUESTBOOK / "camp.yaml"
OPENSTACK = GUESTBOOK / "environments/openstack.yaml"
HEROKU = GUESTBOOK / "environments/heroku.yaml"


class Fair(cdktf.TerraformStack):
    """Two guestbooks, a password that both share, and a link to each."""

    def __init__(self, scope: Any, name: str) -> None:
        super().__init__(scope, name)
        cdktf.TerraformProvider(self, "random", terraform_resource_type="random")
        self.add_override("terraform.required_providers.random", {"source": "hashicorp/random", "version": "~> 3.6"})
        words = cdktf.TerraformResource(self, "words", terraform_resource_type="random_password")
        words.add_override("length", 12)
        for stand in ("north", "south"):
            # Names begin with the construct's: heroku_app.north_web, var.north_web_count.
            guestbook = CampPlan(
                self,
                stand,
                plan=PLAN,
                environment=HEROKU,
                # a default value, and an attribute of another construct
                variables={"web_app_name": f"guestbook-{stand}", "greeting": words.get_string_attribute("result")},
            )
            cdktf.TerraformOutput(self, f"{stand}_health", value=f"{guestbook.output('web_url')}/healthz")


@jsii.implements(cdktf.IAspect)
class Labels:
    """Labels for every instance."""

    def visit(self, node: Any) -> None:
        """Add the label. CDKTF calls this for every construct of the stack."""
        if isinstance(node, cdktf.TerraformResource) and node.terraform_resource_type == "openstack_compute_instance_v2":
            node.add_override("metadata", '${merge(local.metadata, { cost_centre = "4711" })}')


def main() -> None:
    """Write both stacks."""
    app = cdktf.App()

    # The whole plan, with the same addresses as in the output of `camp2iac synth --format hcl`.
    guestbook = CampStack(app, "guestbook", plan=PLAN, environment=OPENSTACK)
    cdktf.HttpBackend(guestbook, address="https://state.example.org/guestbook")
    cdktf.Aspects.of(guestbook).add(Labels())
    guestbook.resource("openstack_blockstorage_volume_v3.database_data").add_override("description", "Visitors' names")
    for address, resource in guestbook.part("web").resources.items():
        if address == "openstack_lb_loadbalancer_v2.web":
            cdktf.TerraformOutput(guestbook, "vip", value=resource.get_string_attribute("vip_address"))

    Fair(app, "fair")
    app.synth()


if __name__ == "__main__":
    main()
