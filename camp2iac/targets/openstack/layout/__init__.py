"""Decides where each part of the plan is on the cloud. Each decision is made once, before any output."""
