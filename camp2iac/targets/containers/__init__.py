"""What platforms that run containers have in common: the images, what runs in containers, and the values that it gets.

``offers`` has the images of products, and ``images`` writes the Dockerfile of each component. ``layout`` decides,
``checks`` find errors, ``account`` records outcomes, and ``resources`` writes what is the same on each of them.
"""
