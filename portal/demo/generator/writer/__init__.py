"""Drafts in, svarrapport XML out."""

from portal.demo.generator.writer.message import write

__all__ = ["write"]
