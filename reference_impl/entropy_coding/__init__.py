"""How few bits a stream of symbols needs, and codes that come near."""
