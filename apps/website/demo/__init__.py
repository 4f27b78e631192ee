"""The demo agency's websites. Their addresses end in .example, which is nobody's: no job ever asks them anything."""
