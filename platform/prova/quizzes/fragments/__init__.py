"""What stands on a paper once per question, or several times: as functions, for a paper is asked for by everybody at
once, and the same in templates takes ten times as long. Whatever comes in is escaped, except where it says `html`."""
