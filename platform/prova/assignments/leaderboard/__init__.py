"""Who is where on an exercise that measures: pure rules first (`terms`, `result`, `ranking`), then rows and pages."""
