from attrs import define


@define
class Rope:
    length: int
