"""A local OpenID provider that plays HelseID and ID-porten with the cast as users.

Strict, as the real ones are; and able to lie, so that the tests can show that a bad
token is refused. Plain WSGI, nothing kept but keys.
"""

from portal.demo.provider.application import Provider
from portal.demo.provider.lies import Forgery, Lies

__all__ = ["Forgery", "Lies", "Provider"]
