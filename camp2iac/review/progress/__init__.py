"""A run of Terraform as it happens, by part of the plan: the messages, the model, and what is shown of it."""
