CREATE TABLE `question_pages` (
	`slug` text PRIMARY KEY NOT NULL,
	`position` integer,
	`is_hidden` integer DEFAULT false NOT NULL,
	`reviewer_name` text,
	`reviewer_qualification` text,
	`reviewed_on` text,
	`version` integer DEFAULT 1 NOT NULL,
	CONSTRAINT "question_pages_reviewer" CHECK(("question_pages"."reviewer_name" is null) = ("question_pages"."reviewer_qualification" is null) and ("question_pages"."reviewer_name" is null) = ("question_pages"."reviewed_on" is null))
);
