"""A picture of the application: users, components, services, tiers, and who connects to what."""

from camp2iac.review.graph.model import Picture, PictureEdge, PictureGroup, PictureLine, PictureNode
from camp2iac.review.graph.picture import of_plan, of_result

__all__ = ["Picture", "PictureEdge", "PictureGroup", "PictureLine", "PictureNode", "of_plan", "of_result"]
