// The little that pages do by themselves; everything works without it.
