"""All answers: kept so that none is lost, found again, limited, backed up and deleted in time."""
