"""The fiction: who is who, and what is offered."""
