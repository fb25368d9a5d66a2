-- The order in which studies are listed: the newest first, those without a day last.
CREATE INDEX study_by_newest ON imaging.study (study_date DESC NULLS LAST, study_time DESC NULLS LAST, uid);
CREATE INDEX series_of_modality ON imaging.series (modality, study_uid);
