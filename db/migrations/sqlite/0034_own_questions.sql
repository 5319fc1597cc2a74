CREATE TABLE `own_questions` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`words` text NOT NULL,
	`choices` text NOT NULL,
	`is_required` integer NOT NULL,
	`position` integer NOT NULL,
	CONSTRAINT "own_questions_kind" CHECK("own_questions"."kind" in ('text', 'yes_no', 'scale', 'choice'))
);
