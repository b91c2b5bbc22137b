"""The command `prova`: what students and authors of exercises do at a terminal. No Django; nothing of it is used by graders."""
