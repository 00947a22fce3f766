"""What of the plan is where on the cloud: each thing decided once, before anything is made of it."""
