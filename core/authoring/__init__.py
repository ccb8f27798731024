"""Surveys that methodists make themselves: from an uploaded workbook over a draft to a published version."""
