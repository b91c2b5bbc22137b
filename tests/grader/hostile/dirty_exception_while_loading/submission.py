raise type("\N{FULL BLOCK}\u202e<b>", (Exception,), {})("\ud800\0 <script>" + "x" * 10**6)
