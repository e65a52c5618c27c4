"""What customers said: comments masked, grouped to themes, and the stories that stand for many.

Knows: texts as data, whatever they hold. Never approves a story, never logs a comment, never reads files of
customers. Read first: `find`.
"""
