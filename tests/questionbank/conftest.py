from hypothesis import settings

# rendering is slow the first time and fast from the cache: time says nothing about a law
settings.register_profile("questionbank", deadline=None)
settings.load_profile("questionbank")
