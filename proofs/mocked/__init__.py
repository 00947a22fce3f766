"""Runs the tests in every output, with mocked providers, by Terraform and OpenTofu: proofs/mocked/run."""
