"""An exam: many students sign in, start within seconds, answer for minutes and submit at the end, on a real site."""
