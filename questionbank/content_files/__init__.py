"""The bank as a folder that lives in git: questions, their stored variants, pictures, tags and collections.

    questions/<topic>.yaml    canonical question files
    variants/<topic>.json     the numbers that were drawn, so that they survive exactly
    images/                   the pictures that questions show
    shelves.yaml              tags and collections

`export` reads the database, `importing` reads the folder; both speak in `{path inside the folder: bytes}`.
"""
