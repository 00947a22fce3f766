"""From an output back to the plan: why something is generated, and what findings about it mean for the plan.

``generated`` reads an output on disk, ``why`` explains a part of it, ``made`` shows what a line of the plan made.
``inputs`` reads what Terraform and scanners report, one module per format, and ``findings`` leads it to the plan.
"""
