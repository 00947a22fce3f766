"""A Java project that Gradle builds on the instance, with the wrapper in the content."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds.maven import JavaProject


class Gradle(JavaProject):
    """A project with a ``build.gradle`` and a ``gradlew``."""

    wrapper = "gradlew"


KIND = Gradle()
