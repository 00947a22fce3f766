"""One module under the addresses of another one: what was renamed keeps its content and gets new addresses.

A plan with renamed parts is compiled twice, with the oldest names and with the current ones. The output has the
addresses and comments of the second and the values of the first (:mod:`.merge`), so nothing that exists changes.
``moved`` blocks rename the resources in Terraform's state (:mod:`.moves`).
"""
