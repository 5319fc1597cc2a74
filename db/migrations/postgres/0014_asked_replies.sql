CREATE TABLE "asked_replies" (
	"asked_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"sealed_answer" text,
	"closed_at" bigint NOT NULL,
	CONSTRAINT "asked_replies_kind" CHECK ("asked_replies"."kind" in ('words', 'dismissed')),
	CONSTRAINT "asked_replies_answer" CHECK (("asked_replies"."kind" = 'words') = ("asked_replies"."sealed_answer" is not null))
);
--> statement-breakpoint
ALTER TABLE "asked_replies" ADD CONSTRAINT "asked_replies_asked_id_asked_questions_id_fk" FOREIGN KEY ("asked_id") REFERENCES "public"."asked_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asked_replies_age" ON "asked_replies" USING btree ("closed_at");