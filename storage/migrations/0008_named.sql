-- By what the people of submissions are known again in another one: digests, which nobody can read.
CREATE TABLE named (
    form TEXT NOT NULL, digest TEXT NOT NULL, submission BIGINT NOT NULL, person BIGINT NOT NULL,
    PRIMARY KEY (form, digest, submission, person)
);
CREATE INDEX named_by_submission ON named (submission);
