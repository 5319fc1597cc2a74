CREATE TABLE `asked_replies` (
	`asked_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`sealed_answer` text,
	`closed_at` integer NOT NULL,
	FOREIGN KEY (`asked_id`) REFERENCES `asked_questions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "asked_replies_kind" CHECK("asked_replies"."kind" in ('words', 'dismissed')),
	CONSTRAINT "asked_replies_answer" CHECK(("asked_replies"."kind" = 'words') = ("asked_replies"."sealed_answer" is not null))
);
--> statement-breakpoint
CREATE INDEX `asked_replies_age` ON `asked_replies` (`closed_at`);