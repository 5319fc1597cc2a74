CREATE TABLE "asked_questions" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"about_slug" text,
	"name" text,
	"email" text,
	"words" text NOT NULL,
	"created_at" bigint NOT NULL,
	"answered_slug" text,
	"answered_at" bigint,
	CONSTRAINT "asked_questions_kind" CHECK ("asked_questions"."kind" in ('question', 'report')),
	CONSTRAINT "asked_questions_about" CHECK (("asked_questions"."kind" = 'report') = ("asked_questions"."about_slug" is not null)),
	CONSTRAINT "asked_questions_reach" CHECK ("asked_questions"."kind" <> 'question' or "asked_questions"."email" is not null),
	CONSTRAINT "asked_questions_answer" CHECK (("asked_questions"."answered_slug" is null) = ("asked_questions"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "question_counts" (
	"counted_on" text NOT NULL,
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "question_counts_counted_on_slug_kind_pk" PRIMARY KEY("counted_on","slug","kind"),
	CONSTRAINT "question_counts_kind" CHECK ("question_counts"."kind" in ('read', 'followed')),
	CONSTRAINT "question_counts_times" CHECK ("question_counts"."times" > 0)
);
--> statement-breakpoint
CREATE INDEX "asked_questions_open" ON "asked_questions" USING btree ("answered_at","created_at");