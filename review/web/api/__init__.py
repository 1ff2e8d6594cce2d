"""The API: what pages do for people, done for programs. One file per noun, each says what it takes and answers."""
