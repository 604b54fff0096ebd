"""One file a task; functions; the session comes first. The caller's transaction commits."""
